#!/usr/bin/env bash
# Installs Chromium with apt if there is none; says nothing when there is.
#
#   Tools/setup_browser.sh
set -euo pipefail

for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
if ! command -v apt-get >/dev/null; then
  echo "setup_browser: install Chromium and try again; there is no apt-get here" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
echo "setup_browser: installing chromium" >&2
"${as_root[@]}" apt-get update -q >/dev/null 2>&1 || true
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y --no-install-recommends chromium >/dev/null
