#!/usr/bin/env python3
"""Measures whole runs over a folder of pages, with libxml2's own parse of the same bytes beside them.

    bench.py --winnow BINARY --baseline PARSE_BASELINE CORPUS [--rounds N] [--json]

`winnow run` cleans the pages into a temporary folder, N times with one worker a stage and N times
with as many as there are cores, in turn; the medians are printed.  The baseline is the CPU time of
htmlReadMemory and xmlFreeDoc on the unpacked pages in memory.  Only ratios within one run of this
script mean anything: the machine may be busy.  Standard library only.
"""
import argparse
import gzip
import json
import os
import pathlib
import statistics
import subprocess
import tempfile

import pipeline

MEGABYTE = 1e6


def unpacked_sizes(folder):
    """Bytes of every page below the folder, unpacked."""
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        if path.name.endswith(".gz"):
            with gzip.open(path) as page:
                yield len(page.read())
        else:
            yield path.stat().st_size


def figures(runs, pages, size):
    seconds = statistics.median(run.seconds for run in runs)
    return {"seconds": seconds, "cpu_seconds": statistics.median(run.cpu for run in runs),
            "pages_per_second": pages / seconds, "megabytes_per_second": size / seconds / MEGABYTE,
            "peak_megabytes": max(run.peak for run in runs) / MEGABYTE}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--winnow", type=pathlib.Path, required=True)
    parser.add_argument("--baseline", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each kind (default: 5)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    folder = pipeline.pages_folder(arguments.corpus)
    sizes = list(unpacked_sizes(folder)) if folder.is_dir() else []
    if not sizes:
        raise SystemExit(f"{folder}: no pages there; give CORPUS=FOLDER")
    pages, size, cores = len(sizes), sum(sizes), len(os.sched_getaffinity(0))

    runs = {1: [], cores: []}
    for _ in range(arguments.rounds):
        for workers, taken in runs.items():
            with tempfile.TemporaryDirectory() as output:
                taken.append(pipeline.run(arguments.winnow, folder, output, workers=workers))
    answer = subprocess.run([str(arguments.baseline), str(folder)], check=True, capture_output=True,
                            text=True).stdout
    baseline = json.loads(answer)
    results = {workers: figures(taken, pages, size) for workers, taken in runs.items()}

    if arguments.json:
        print(json.dumps({"pages": pages, "bytes": size, "cores": cores, "rounds": arguments.rounds,
                          "workers": results, "parse": baseline}))
        return
    print(f"{pages} pages, {size / MEGABYTE:.1f} MB unpacked, {cores} cores, "
          f"median of {arguments.rounds} runs")
    row = "{:<28}{:>9}{:>9}{:>10}{:>9}{:>10}{:>12}"
    print(row.format("", "wall s", "CPU s", "pages/s", "MB/s", "peak MB", "CPU/parse"))
    for workers, each in results.items():
        label = f"winnow run, {workers} worker" + ("s" if workers > 1 else "")
        print(row.format(label, f"{each['seconds']:.2f}", f"{each['cpu_seconds']:.2f}",
                         f"{each['pages_per_second']:.0f}", f"{each['megabytes_per_second']:.1f}",
                         f"{each['peak_megabytes']:.0f}",
                         f"{each['cpu_seconds'] / baseline['cpu_seconds']:.2f}"))
    print(row.format("libxml2's parse, 1 thread", "", f"{baseline['cpu_seconds']:.2f}",
                     f"{baseline['pages_per_second']:.0f}",
                     f"{baseline['megabytes_per_second']:.1f}", "", "1.00"))


if __name__ == "__main__":
    main()
