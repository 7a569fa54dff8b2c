#!/usr/bin/env python3
"""Measures pages a CPU second of Winnow and of other extractors, same files, one thread each.

    peers.py --bench WINNOW_BENCH CORPUS [--rounds N] [--most PAGES] [--json]

Each round runs every extractor in a process of its own, one after the other: pages are unpacked into
memory, a few are done to warm up, and then the CPU time of all is taken, from the page's bytes to its
main text.  Winnow reads metadata and strips residue meanwhile; the others do not.  Those that are not
installed are left out, and said so.  Run it by `make bench-peers`, which installs them.
"""
import argparse
import gzip
import importlib.util
import json
import pathlib
import statistics
import subprocess
import sys
import time

import pipeline

WARM_UP = 8


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree
    return lambda page: extract_plain_text(
        HTMLTree.parse_from_bytes(page, detect_encoding(page)), main_content=True)


def trafilatura():
    from trafilatura import extract
    return extract


def readability():
    from readability import Document
    return lambda page: Document(page).summary()


def rs_trafilatura():
    import rs_trafilatura as module
    call = getattr(module, "extract_bytes", None)
    return call or (lambda page: module.extract(page.decode("utf-8", "replace")))


PEERS = {
    "Resiliparse": ("resiliparse", resiliparse),
    "trafilatura": ("trafilatura", trafilatura),
    "readability-lxml": ("readability", readability),
    "rs-trafilatura": ("rs_trafilatura", rs_trafilatura),
}


def pages(paths):
    for path in paths:
        yield gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def one_round(name, paths):
    """CPU seconds of a peer for all pages, and on how many it gave up; in this process."""
    extract = PEERS[name][1]()
    loaded = list(pages(paths))
    for page in loaded[:WARM_UP]:
        attempt(extract, page)
    started = time.process_time()
    failed = sum(not attempt(extract, page) for page in loaded)
    return {"seconds": time.process_time() - started, "failed": failed}


def attempt(extract, page):
    """Peers throw what they like on pages that they cannot bear."""
    try:
        extract(page)
        return True
    except Exception:  # pylint: disable=broad-except
        return False


def winnow_round(bench, paths):
    text = "".join(f"{path}\n" for path in paths)
    answer = subprocess.run([str(bench), "total", "1"], check=True, text=True, input=text,
                            capture_output=True).stdout
    return {"seconds": json.loads(answer)["rounds"][0], "failed": 0}


def peer_round(name, paths):
    command = [sys.executable, __file__, "--peer", name]
    text = "".join(f"{path}\n" for path in paths)
    answer = subprocess.run(command, check=True, text=True, input=text, capture_output=True)
    return json.loads(answer.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path, nargs="?")
    parser.add_argument("--bench", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3, help="of each extractor (default: 3)")
    parser.add_argument("--most", type=int, help="take so many pages only, evenly spread")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peer:
        paths = [pathlib.Path(line.rstrip("\n")) for line in sys.stdin]
        print(json.dumps(one_round(arguments.peer, paths)))
        return
    folder = pipeline.pages_folder(arguments.corpus)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    if arguments.most and arguments.most < len(paths):
        paths = [paths[at * len(paths) // arguments.most] for at in range(arguments.most)]
    present = [name for name, (module, _) in PEERS.items() if importlib.util.find_spec(module)]
    rounds = {name: [] for name in ["Winnow", *present]}
    for _ in range(arguments.rounds):
        for name, taken in rounds.items():
            taken.append(winnow_round(arguments.bench, paths) if name == "Winnow"
                         else peer_round(name, paths))
    found = {name: {"pages_per_cpu_second":
                    len(paths) / statistics.median(each["seconds"] for each in taken),
                    "failed": taken[0]["failed"]} for name, taken in rounds.items()}
    if arguments.json:
        print(json.dumps({"pages": len(paths), "rounds": arguments.rounds, "extractors": found}))
        return
    print(f"{len(paths)} pages, medians of {arguments.rounds} rounds, one thread")
    row = "{:<20}{:>18}{:>10}{:>16}"
    print(row.format("", "pages/CPU second", "failed", "Winnow is"))
    own = found["Winnow"]["pages_per_cpu_second"]
    for name, each in found.items():
        speed = each["pages_per_cpu_second"]
        times = "" if name == "Winnow" else f"{own / speed:.1f}x"
        print(row.format(name, f"{speed:.1f}", each["failed"], times))
    for name in PEERS:
        if name not in present:
            print(f"{name}: not installed here, and so not measured")


if __name__ == "__main__":
    main()
