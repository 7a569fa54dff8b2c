#!/usr/bin/env python3
"""Makes things go wrong around whole runs, and looks at what they leave.

After each fault these must hold: every document is whole and as in a clean run (or absent); the
ledger names no document that is not there; standard error is short; nothing hangs; and the next
run, with the fault gone, leaves the same files as a clean run, and no others. One line a fault:
its number, what it is, the seconds it took and a remark.

    Tools/faults --winnow .build/release/winnow [--kills 200] [--pages 300] [--only WORD]
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import disk  # noqa: F401, each declares its faults
import inputs  # noqa: F401
import ledger  # noqa: F401
import runs
from scene import FAULTS, Scene, Skip, Wrong


def first_row(entry):
    digits = "".join(each if each.isdigit() else " " for each in entry[0]).split()
    return int(digits[0])


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--winnow", type=pathlib.Path, required=True)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pages", type=int, default=300, help="pages of a run")
    parser.add_argument("--only", default="", help="faults whose row or name holds this word")
    arguments = parser.parse_args()
    winnow = arguments.winnow.resolve()
    counts = {"ok": 0, "skip": 0, "WRONG": 0}
    for rows, name, function in sorted(FAULTS, key=first_row):
        if arguments.only not in f"{rows} {name}":
            continue
        with tempfile.TemporaryDirectory(prefix="winnow-faults-") as folder:
            start = time.monotonic()
            try:
                os.chmod(folder, 0o755)
                scene = Scene(winnow, folder, arguments.pages)
                scene.remember()
                extra = {"kills": arguments.kills} if function is runs.killed else {}
                word, remark = "ok", function(scene, **extra) or ""
            except Skip as reason:
                word, remark = "skip", str(reason)
            except Wrong as problem:
                word, remark = "WRONG", str(problem)
            except subprocess.TimeoutExpired:
                word, remark = "WRONG", "it hung"
            counts[word] += 1
            seconds = time.monotonic() - start
            print(f"{word:<6} {rows:<7} {name:<62} {seconds:6.1f} s  {remark}", flush=True)
    print(", ".join(f"{count} {word}" for word, count in counts.items()))
    if counts["WRONG"]:
        sys.exit(f"faults: {counts['WRONG']} faults were not handled")


if __name__ == "__main__":
    main()
