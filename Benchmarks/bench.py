#!/usr/bin/env python3
"""Measures extraction step by step, and whole runs, with libxml2's own parse of the same bytes beside.

    bench.py --winnow BINARY --bench WINNOW_BENCH --baseline PARSE_BASELINE CORPUS [--rounds N] [--json]

Each round runs, one after the other: extraction on one thread (pages in memory, text normalised and
in its format, metadata read, no files), the same timed step by step, libxml2's htmlReadMemory and
xmlFreeDoc on the same bytes (default allocator), `winnow run` with one worker a stage, and with as
many as there are cores.  Medians are printed.  Only ratios of CPU times within one run of this script
mean anything: the machine may be busy.  Standard library only.
"""
import argparse
import gzip
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import pipeline

MEGABYTE = 1e6
# Starts of a command that are measured; single ones vary by a millisecond.
STARTS = 41


def unpacked_sizes(paths):
    """Bytes of every page, unpacked."""
    for path in paths:
        if path.name.endswith(".gz"):
            with gzip.open(path) as page:
                yield len(page.read())
        else:
            yield path.stat().st_size


def answer(command, paths=()):
    """The JSON object that a command prints, paths of pages on its standard input."""
    text = "".join(f"{path}\n" for path in paths)
    return json.loads(subprocess.run([str(each) for each in command], check=True, text=True,
                                     input=text, capture_output=True).stdout)


def figures(runs, pages, size):
    seconds = statistics.median(run.seconds for run in runs)
    return {"seconds": seconds, "cpu_seconds": statistics.median(run.cpu for run in runs),
            "first_document_seconds": statistics.median(run.first for run in runs),
            "pages_per_second": pages / seconds, "megabytes_per_second": size / seconds / MEGABYTE,
            "peak_megabytes": max(run.peak for run in runs) / MEGABYTE}


def start_cost(winnow):
    """Milliseconds that `winnow clean` of a 2 kB page takes more than /bin/true, by wall and CPU."""
    paragraph = "<p>The lake lies an hour north of the town, and a path leads around it.</p>\n"
    page = "<!DOCTYPE html><title>Lake</title><article>" + paragraph * 25 + "</article>"
    taken = {"winnow": [], "true": []}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "page.html")
        path.write_text(page[:2048])
        for _ in range(STARTS):
            for name, command in (("winnow", [str(winnow), "clean", str(path)]),
                                  ("true", ["/bin/true"])):
                started = time.monotonic()
                child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
                if child.returncode != 0:
                    raise SystemExit(f"{' '.join(command)}: exit code {child.returncode}")
                taken[name].append((time.monotonic() - started, usage.ru_utime + usage.ru_stime))
    wall, cpu = ({name: statistics.median(each[kind] for each in runs)
                  for name, runs in taken.items()} for kind in (0, 1))
    return {"wall_ms": (wall["winnow"] - wall["true"]) * 1e3,
            "cpu_ms": (cpu["winnow"] - cpu["true"]) * 1e3}


def measure(arguments, folder, paths):
    cores = len(os.sched_getaffinity(0))
    totals, steps, parses = [], [], []
    # (workers of every stage, the one core that the run may use or None)
    kinds = {"one core": (1, min(os.sched_getaffinity(0))), "1 worker": (1, None),
             f"{cores} workers": (cores, None)}
    runs = {name: [] for name in kinds}
    # One folder for the outputs of all runs, deleted at the end: ext4 is slow to make files where many
    # were deleted a moment ago, and the next run would pay for it.
    with tempfile.TemporaryDirectory() as outputs:
        for each in range(arguments.rounds):
            totals += answer([arguments.bench, "total", 1], paths)["rounds"]
            parses.append(answer([arguments.baseline, folder, 1])["cpu_seconds"])
            steps.append(answer([arguments.bench, "stages", 1], paths)["steps"])
            for name, (workers, core) in kinds.items():
                output = pathlib.Path(outputs, f"{each}-{name}")
                output.mkdir()
                runs[name].append(pipeline.run(arguments.winnow, folder, output, workers=workers,
                                               watches=True, core=core))
    sizes = list(unpacked_sizes(paths))
    pages, size = len(sizes), sum(sizes)
    return {"pages": pages, "bytes": size, "cores": cores, "rounds": arguments.rounds,
            "parse_cpu_seconds": statistics.median(parses),
            "extraction_cpu_seconds": statistics.median(totals),
            "extraction_per_parse": statistics.median(
                total / parse for total, parse in zip(totals, parses)),
            "steps": {name: statistics.median(each[name][0] for each in steps)
                      for name in steps[0]},
            "runs": {name: figures(taken, pages, size) for name, taken in runs.items()},
            "start": start_cost(arguments.winnow)}


def show(found):
    pages, cores, parse = found["pages"], found["cores"], found["parse_cpu_seconds"]
    total, runs = found["extraction_cpu_seconds"], found["runs"]
    print(f"{pages} pages, {found['bytes'] / MEGABYTE:.1f} MB unpacked, {cores} cores, "
          f"medians of {found['rounds']} rounds")
    print("\nOne thread, bytes in memory -> clean text with metadata")
    row = "{:<28}{:>9}{:>12}{:>11}"
    print(row.format("", "CPU s", "ms/page", "of parse"))
    for name, seconds in found["steps"].items():
        print(row.format("  " + name, f"{seconds:.3f}", f"{seconds / pages * 1e3:.3f}",
                         f"{seconds / parse:.3f}"))
    print(row.format("extraction", f"{total:.2f}", f"{total / pages * 1e3:.3f}",
                     f"{found['extraction_per_parse']:.2f}"))
    print(row.format("libxml2's parse and free", f"{parse:.2f}", f"{parse / pages * 1e3:.3f}", "1.00"))
    print("\nFolder to folder, with ledger")
    row = "{:<28}{:>9}{:>9}{:>10}{:>9}{:>10}{:>9}{:>11}"
    print(row.format("", "wall s", "CPU s", "pages/s", "MB/s", "peak MB", "first s", "CPU/parse"))
    for name, each in runs.items():
        print(row.format(f"winnow run, {name}", f"{each['seconds']:.2f}", f"{each['cpu_seconds']:.2f}",
                         f"{each['pages_per_second']:.0f}", f"{each['megabytes_per_second']:.1f}",
                         f"{each['peak_megabytes']:.0f}",
                         f"{each['first_document_seconds']:.2f}",
                         f"{each['cpu_seconds'] / parse:.2f}"))
    most = runs[f"{cores} workers"]
    print(f"1 -> {cores} cores: x{runs['one core']['seconds'] / most['seconds']:.2f} by wall clock; "
          f"1 -> {cores} workers: x{runs['1 worker']['seconds'] / most['seconds']:.2f}; of "
          f"{cores} cores at the speed of extraction: {total / (most['seconds'] * cores):.0%} by "
          f"wall clock, {total / most['cpu_seconds']:.0%} by CPU")
    print(f"start: winnow clean of a 2 kB page takes {found['start']['wall_ms']:.1f} ms more than "
          f"/bin/true (CPU {found['start']['cpu_ms']:.1f} ms)")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--winnow", type=pathlib.Path, required=True)
    parser.add_argument("--bench", type=pathlib.Path, required=True)
    parser.add_argument("--baseline", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=5, help="of each kind (default: 5)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    folder = pipeline.pages_folder(arguments.corpus)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    if not paths:
        raise SystemExit(f"{folder}: no pages there; give CORPUS=FOLDER")
    found = measure(arguments, folder, paths)
    if arguments.json:
        print(json.dumps(found))
    else:
        show(found)


if __name__ == "__main__":
    main()
