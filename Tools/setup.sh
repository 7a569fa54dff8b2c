#!/usr/bin/env bash
# Installs the system libraries that Winnow builds on, by name, with apt.
# Says nothing and needs no rights when none is missing.
#
#   Tools/setup.sh
set -euo pipefail

# What pkg-config must find, and the Debian or Ubuntu package that brings it.
libraries=(
  "libxml-2.0 libxml2-dev"
  "libutf8proc libutf8proc-dev"
  "sqlite3 libsqlite3-dev"
  "zlib zlib1g-dev"
  "libdeflate libdeflate-dev"
  "libzstd libzstd-dev"
  "libbrotlidec libbrotli-dev"
  "libarchive libarchive-dev"
  "nettle nettle-dev"
)

missing=()
if command -v pkg-config >/dev/null; then
  for each in "${libraries[@]}"; do
    read -r library package <<<"$each"
    pkg-config --exists "$library" || missing+=("$package")
  done
else
  missing=(pkg-config)
  for each in "${libraries[@]}"; do
    missing+=("${each#* }")
  done
fi
if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null; then
    echo "setup: not installed: ${missing[*]}" >&2
    echo "setup: there is no apt-get here; install these Debian packages' counterparts and try again" >&2
    exit 1
  fi
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "setup: run as root: apt-get install ${missing[*]}" >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  echo "setup: installing ${missing[*]}" >&2
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  # The index may be missing altogether, as in a fresh container.
  "${as_root[@]}" apt-get update -q >"$log" 2>&1 || true
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
    cat "$log" >&2
    echo "setup: apt-get could not install ${missing[*]}" >&2
    exit 1
  fi
fi

if ! command -v swift >/dev/null; then
  echo "setup: no Swift toolchain found; install Swift 6.1 or later from swift.org and put it in PATH" >&2
  exit 1
fi
