#!/usr/bin/env python3
"""Turns a folder of text documents into predictions to be scored.

    predictions.py DOCUMENTS_DIR > predictions.jsonl

A document's id is its file name up to the first dot: 0001.html.gz.txt has the id 0001.  A page
without a document is left out, which scores as empty text.  Standard library only.
"""
import argparse
import json
import pathlib
import sys


def predictions(folder):
    """(id, text) of every document below the folder, by path."""
    for path in sorted(folder.rglob("*.txt")):
        yield path.name.split(".", 1)[0], path.read_text(encoding="utf-8")


def write(folder, out):
    count = 0
    for page, text in predictions(folder):
        out.write(json.dumps({"id": page, "text": text}, ensure_ascii=False) + "\n")
        count += 1
    return count


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=pathlib.Path)
    arguments = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")
    if not write(arguments.documents, sys.stdout):
        raise SystemExit(f"{arguments.documents}: no .txt document there")


if __name__ == "__main__":
    main()
