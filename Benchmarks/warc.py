#!/usr/bin/env python3
"""Measures a web archive against the same pages in a folder.

    warc.py --winnow BINARY CORPUS [--rounds N] [--workers N] [--packing gzip|zstd|none]

The pages are written into one WARC file by warcio, a gzip member a record.  `winnow run` cleans
the folder and the archive in turn, N times each, into a new folder every time; the medians and
their ratios are printed, and beside them what FastWARC needs to iterate over the archive and read
every body, without doing anything with it.  Only ratios within one run of this script mean
anything: the machine may be busy.

Needs warcio and fastwarc (Benchmarks/warc/tools.txt).
"""
import argparse
import gzip
import io
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import pipeline

ITERATE = """
import sys, time
from fastwarc.warc import ArchiveIterator, WarcRecordType
start, cpu = time.monotonic(), time.process_time()
pages = size = 0
for record in ArchiveIterator(open(sys.argv[1], "rb"), record_types=WarcRecordType.response,
                              parse_http=True):
    size += len(record.reader.read())
    pages += 1
print(pages, size, time.monotonic() - start, time.process_time() - cpu)
"""


def pages_of(folder):
    for path in sorted(folder.rglob("*.html*")):
        data = path.read_bytes()
        yield path.name, gzip.decompress(data) if path.name.endswith(".gz") else data


def write_archive(folder, target, packing):
    """Returns the number of pages and their bytes."""
    pages = size = 0
    plain = io.BytesIO() if packing == "zstd" else None
    with open(target, "wb") as file:
        writer = WARCWriter(plain or file, gzip=packing == "gzip")
        for name, page in pages_of(folder):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"),
                                               ("Content-Length", str(len(page)))],
                                    protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(
                f"https://pages.example/{name}", "response", payload=io.BytesIO(page),
                http_headers=head))
            pages, size = pages + 1, size + len(page)
            if plain:
                import zstandard
                file.write(zstandard.ZstdCompressor(write_checksum=True).compress(plain.getvalue()))
                plain.seek(0)
                plain.truncate()
    return pages, size


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--winnow", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each kind (default: 5)")
    parser.add_argument("--workers", type=int, default=1, help="workers a stage (default: 1)")
    parser.add_argument("--members", type=pathlib.Path,
                        help="gzip_members, to compare zlib with libdeflate on the archive")
    parser.add_argument("--packing", choices=("gzip", "zstd", "none"), default="gzip")
    arguments = parser.parse_args()
    folder = pipeline.pages_folder(arguments.corpus)

    with tempfile.TemporaryDirectory() as scratch:
        ending = {"gzip": ".gz", "zstd": ".zst", "none": ""}[arguments.packing]
        archive = pathlib.Path(scratch, "pages.warc" + ending)
        pages, size = write_archive(folder, archive, arguments.packing)
        if pages == 0:
            raise SystemExit(f"{folder}: no pages there; give CORPUS=FOLDER")
        runs = {"folder": [], "archive": []}
        bare = []
        for _ in range(arguments.rounds):
            for name, source in (("folder", folder), ("archive", archive)):
                output = pathlib.Path(scratch, "out")
                runs[name].append(pipeline.run(arguments.winnow, source, output,
                                               workers=arguments.workers))
                report = json.loads((output / "winnow-report.json").read_text())
                done = report["pages"]["written"] + report["pages"]["failed"]
                if done != pages:
                    raise SystemExit(f"{source}: {done} of {pages} pages")
                subprocess.run(["rm", "-rf", str(output)], check=True)
            if arguments.packing != "zstd":
                answer = subprocess.run([sys.executable, "-c", ITERATE, str(archive)], check=True,
                                        capture_output=True, text=True).stdout.split()
                bare.append((float(answer[2]), float(answer[3])))
        stored = os.path.getsize(archive)
        unpacking = ""
        if arguments.members and arguments.packing == "gzip":
            unpacking = subprocess.run([str(arguments.members), str(archive)], check=True,
                                       capture_output=True, text=True).stdout

    print(f"{pages} pages, {size / 1e6:.1f} MB unpacked, {stored / 1e6:.1f} MB as one archive "
          f"({arguments.packing}), {arguments.workers} workers a stage, "
          f"medians of {arguments.rounds} runs each, taken in turn")
    row = "{:<34}{:>9}{:>9}{:>10}{:>9}"
    print(row.format("", "wall s", "CPU s", "pages/s", "peak MB"))
    medians = {}
    for name, taken in runs.items():
        wall = statistics.median(run.seconds for run in taken)
        cpu = statistics.median(run.cpu for run in taken)
        medians[name] = (wall, cpu)
        print(row.format(f"winnow run, {name}", f"{wall:.2f}", f"{cpu:.2f}", f"{pages / wall:.0f}",
                         f"{max(run.peak for run in taken) / 1e6:.0f}"))
    if bare:
        wall, cpu = (statistics.median(column) for column in zip(*bare))
        print(row.format("FastWARC, every body read", f"{wall:.2f}", f"{cpu:.2f}",
                         f"{pages / wall:.0f}", ""))
    wall, cpu = (medians["archive"][index] / medians["folder"][index] for index in (0, 1))
    if unpacking:
        figures = json.loads(unpacking)
        print(f"unpacking {figures['members']} members: zlib {figures['zlib_seconds']:.2f} s CPU, "
              f"libdeflate {figures['libdeflate_seconds']:.2f} s, ratio {figures['ratio']:.2f}")
    print(f"archive / folder: wall {wall:.2f}, CPU {cpu:.2f}")


if __name__ == "__main__":
    main()
