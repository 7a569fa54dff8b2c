#!/usr/bin/env python3
"""Do two builds make the same documents, and the same features, of the same pages?

    same.py --before WINNOW_BENCH --after WINNOW_BENCH CORPUS...

For changes that are to make things faster and nothing else.  Prints the pages that differ; the exit
code is 1 if there are any.  Standard library only.
"""
import argparse
import pathlib
import subprocess

import pipeline


def sums(binary, paths):
    """A line a page: path, checksum over all formats, checksum over the features."""
    text = "".join(f"{path}\n" for path in paths)
    return subprocess.run([str(binary), "sums"], check=True, text=True, input=text,
                          capture_output=True).stdout.splitlines()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=pathlib.Path, nargs="+")
    parser.add_argument("--before", type=pathlib.Path, required=True)
    parser.add_argument("--after", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    paths = sorted(path for corpus in arguments.corpora
                   for path in pipeline.pages_folder(corpus).rglob("*") if path.is_file())
    before, after = (sums(binary, paths) for binary in (arguments.before, arguments.after))
    different = [old.split()[0] for old, new in zip(before, after) if old != new]
    for path in different:
        print(path)
    print(f"{len(paths)} pages, {len(different)} differ")
    raise SystemExit(1 if different else 0)


if __name__ == "__main__":
    main()
