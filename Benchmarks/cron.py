#!/usr/bin/env python3
"""How a run grows with the number of pages, and what a second run costs.

The pages of a folder are linked under many names, so that the disk holds them once. Printed are
the first and the second run's seconds and CPU seconds, the ratio of the latter, and the most memory
each held, for a hundredth of the pages, a tenth, and all of them.

    Benchmarks/cron.py --winnow .build/release/winnow --pages 100000 samples/pages
"""

import argparse
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time


def run(winnow, source, output):
    """Seconds, CPU seconds and megabytes of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    command = ["/usr/bin/env", "time", "-f", "%M", winnow, "run", "--quiet",
               "--input", source, "--output", output, "pipeline.json"]
    result = subprocess.run(command, stderr=subprocess.PIPE, text=True, cwd=os.path.dirname(source))
    seconds = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.returncode not in (0, 3):
        sys.exit(f"cron.py: winnow ended with {result.returncode}: {result.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, int(result.stderr.split("\n")[-2]) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="pages to link")
    parser.add_argument("--winnow", type=pathlib.Path, required=True)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--scratch", type=pathlib.Path, help="where to work; a temporary folder by default")
    arguments = parser.parse_args()
    if not shutil.which("time"):
        sys.exit("cron.py: needs GNU time (apt-get install time)")
    pages = sorted(each for each in arguments.folder.rglob("*.html") if each.stat().st_size > 0)
    if not pages:
        sys.exit(f"cron.py: no pages in {arguments.folder}")
    with tempfile.TemporaryDirectory(dir=arguments.scratch) as scratch:
        pathlib.Path(scratch, "pipeline.json").write_text(
            '{"stages": [{"stage": "fetch", "input": ["in"]}, {"stage": "strip"},'
            ' {"stage": "normalize"}, {"stage": "emit", "output": "out"}]}')
        copies = []
        for number, page in enumerate(pages):
            copy = pathlib.Path(scratch, f"page-{number}")
            shutil.copy2(page, copy)
            # Young files are read again, since a change in the same tick of the clock would not show.
            os.utime(copy, (time.time() - 3600,) * 2)
            copies.append(copy)
        print("pages      first s  CPU s  second s  CPU s  CPU ratio  first MB  second MB")
        for count in (arguments.pages // 100, arguments.pages // 10, arguments.pages):
            source = os.path.join(scratch, f"in-{count}")
            for number in range(count):
                # A file system allows some tens of thousands of links to a file: start anew before.
                slot = number % len(copies)
                folder = os.path.join(source, str(number // 1000))
                if number % 1000 == 0:
                    os.makedirs(folder)
                if copies[slot].stat().st_nlink > 30_000:
                    fresh = copies[slot].with_name(copies[slot].name + "-")
                    shutil.copy2(copies[slot], fresh)
                    copies[slot] = fresh
                os.link(copies[slot], os.path.join(folder, f"{number}.html"))
            output = os.path.join(scratch, f"out-{count}")
            first, first_cpu, first_memory = run(arguments.winnow.resolve(), source, output)
            second, second_cpu, second_memory = run(arguments.winnow.resolve(), source, output)
            print(f"{count:<9} {first:8.1f} {first_cpu:6.1f}  {second:8.2f} {second_cpu:6.2f}  "
                  f"{first_cpu / second_cpu:9.0f}  {first_memory:8.0f}  {second_memory:9.0f}",
                  flush=True)


if __name__ == "__main__":
    main()
