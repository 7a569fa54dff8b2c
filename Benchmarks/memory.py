#!/usr/bin/env python3
"""Does memory stay flat from few pages to many?

    memory.py --winnow BINARY CORPUS [--few N] [--many N]

Links the corpus's first N pages (--few) under as many names as are asked for, runs `winnow run` over
them, and prints the peak of resident memory of both runs: of the same pages, only more of them.  The
peak with all pages of the corpus stands beside it.  Standard library only.
"""
import argparse
import os
import pathlib
import tempfile

import pipeline

MEGABYTE = 1e6
ALLOWED = 1.10
LIMIT = 300


def linked(paths, count, folder):
    """Links `count` names in folders of a thousand; the pages come in turn."""
    for number in range(count):
        below = folder / f"{number // 1000:04}"
        below.mkdir(exist_ok=True)
        path = paths[number % len(paths)]
        os.link(path, below / f"{number:06}-{path.name}")


def peak(winnow, paths, count, scratch):
    with tempfile.TemporaryDirectory(dir=scratch) as pages, \
            tempfile.TemporaryDirectory(dir=scratch) as output:
        try:
            linked(paths, count, pathlib.Path(pages))
        except OSError:
            raise SystemExit(f"{scratch}: cannot link the pages there; give --scratch a folder of "
                             "their file system") from None
        return pipeline.run(winnow, pages, output)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--winnow", type=pathlib.Path, required=True)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--scratch", type=pathlib.Path, default=pathlib.Path(".build"),
                        help="a folder on the file system of the pages (default: .build)")
    arguments = parser.parse_args()
    folder = pipeline.pages_folder(arguments.corpus)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    peaks = []
    few = paths[:arguments.few]
    for count, of in ((arguments.few, few), (arguments.many, few), (len(paths), paths)):
        run = peak(arguments.winnow, of, count, arguments.scratch)
        peaks.append(run.peak / MEGABYTE)
        print(f"{count:>8} pages: peak {run.peak / MEGABYTE:.0f} MB, {run.seconds:.1f} s, "
              f"CPU {run.cpu:.1f} s", flush=True)
    print(f"many / few: x{peaks[1] / peaks[0]:.2f}; limit {LIMIT} MB")
    raise SystemExit(0 if peaks[1] <= ALLOWED * peaks[0] and max(peaks) < LIMIT else 1)


if __name__ == "__main__":
    main()
