#!/usr/bin/env bash
# Runs the tests under a sanitizer, or both: `Tools/sanitize/run.sh [address] [thread]`. A line for
# each part says how many tests ran, what was reported, how long it took, and where everything stands.
# Ends with 1 when a test failed or something was reported.
#
# Before the tests, planted faults show that the sanitizer finds what it should and nothing else here.
set -euo pipefail
cd "$(dirname "$0")/../.."

# A crash is told by the sanitizer; Swift's own backtraces can hang it.
export SWIFT_BACKTRACE=enable=no

tools=$(dirname "$(readlink -f "$(command -v swiftc)")")

build() {
  local name=$1 folder=.build-$1 log=.build-$1.log
  swift build --build-tests --sanitize="$name" --scratch-path "$folder" >"$log" 2>&1 || {
    grep -E 'error:' "$log" | head -n 20 >&2
    echo "$name: does not build; see $log" >&2
    return 1
  }
  swiftc -g -sanitize="$name" Tools/sanitize/planted.swift -o "$folder/planted" >>"$log" 2>&1 \
    && "$tools/clang" -shared -fPIC -O1 -Wall -Wextra -Werror -o "$folder/mutex_edges.so" \
      Tools/sanitize/mutex_edges.c -ldl
}

# Runs a program as the tests are run; what it says goes to standard output.
under() {
  local name=$1 folder=$PWD/.build-$1
  shift
  local preload=()
  if [ "$name" = thread ]; then preload=(LD_PRELOAD="$folder/mutex_edges.so"); fi
  env WINNOW_SANITIZED="$name" "${preload[@]}" \
    LSAN_OPTIONS="suppressions=$PWD/Tools/sanitize/leaks.txt:print_suppressions=0" "$@" 2>&1
}

# The sanitizer must find the faults `$2`, ... and say nothing of a program without a fault.
check() {
  local name=$1 folder=$PWD/.build-$1 fault
  shift
  for fault in "$@"; do
    if under "$name" timeout 300 "$folder/planted" "$fault" >"$folder/planted.log" \
      || ! grep -q 'SUMMARY: .*Sanitizer' "$folder/planted.log"; then
      echo "$name: a planted $fault is not found; see $folder/planted.log" >&2
      return 1
    fi
  done
  under "$name" timeout 300 "$folder/planted" guarded >"$folder/planted.log" || {
    echo "$name: a program without faults is reported; see $folder/planted.log" >&2
    return 1
  }
}

# Some tests: `tests NAME TITLE ARGUMENT...`. What commands say that tests start is in the issues of
# those tests, since it goes to the tests.
tests() {
  local name=$1 title=$2 part=.build-$1/$2.log start=$SECONDS code=0
  shift 2
  under "$name" timeout -k 10 3600 "$PWD/.build-$name/debug/winnowPackageTests.xctest" \
    --testing-library swift-testing "$@" </dev/null >"$part" || code=$?
  local reports issues passed
  reports=$(grep -c 'SUMMARY: .*Sanitizer' "$part" || true)
  issues=$(grep -cE '^✘ Test .* recorded an issue' "$part" || true)
  passed=$(sed -nE 's/^✔ Test run with ([0-9]+) tests?.*/\1/p' "$part")
  grep -oE '^✘ Test .* recorded an issue .{0,200}|SUMMARY: .{0,200}' "$part" | cut -c 1-300 \
    | sort | uniq -c | sort -rn | head -n 20 || true
  printf '%-8s %-9s %s tests passed, %s issues, %s reports, %s s, code %s; see %s\n' "$name" \
    "$title" "${passed:-not all}" "$issues" "$reports" "$((SECONDS - start))" "$code" "$part"
  [ "$code" = 0 ] && [ "$reports" = 0 ] && [ "${passed:-0}" -gt 0 ]
}

# The tests that start threads and processes one after the other: under a sanitizer these take their
# time, and tests that wait would keep each other from the processors until their own time is over.
all_tests() {
  local status=0
  tests "$1" Pipeline --filter '^WinnowPipelineTests' --no-parallel || status=1
  tests "$1" Commands --filter '^CommandTests' --no-parallel || status=1
  tests "$1" Library --filter '^WinnowTests' || status=1
  return $status
}

names=("$@")
if [ $# = 0 ]; then names=(address thread); fi
status=0
for name in "${names[@]}"; do
  case $name in
    address) faults="overflow leak" ;;
    thread) faults=race ;;
    *) echo "run.sh: $name is no sanitizer; give address or thread" >&2 && exit 64 ;;
  esac
  # shellcheck disable=SC2086 # They are words.
  build "$name" && check "$name" $faults && all_tests "$name" || status=1
done
exit $status
