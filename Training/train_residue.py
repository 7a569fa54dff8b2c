#!/usr/bin/env python3
"""Trains the model of residue: catalogues, prompts and articles in, ResidueTables.swift out.

    train_residue.py CORPUS_ROOT [--cache FOLDER] [--without LANGUAGES] [--tables FILE]

CORPUS_ROOT holds wcxb/ and news/. Catalogues (catalogues.py) are fetched into the cache folder once.
--without leaves languages out of training (`pl,tr,id`), for measuring on them; --tables writes the
bare tables to a file and leaves the sources alone.

The same sources give the same tables, bit for bit.
"""
import argparse
import collections
import json
import pathlib

import numpy

import catalogues
import residue_model
import residue_sources

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLES = ROOT / "Sources/Winnow/Residue/ResidueTables.swift"
SCORES = ROOT / "Tests/WinnowTests/Residue/trained-scores.jsonl"
BUCKETS = 1 << 17
KIND_BUCKETS = 1 << 12


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=pathlib.Path)
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / ".build/catalogues")
    parser.add_argument("--without", default="", help="languages to leave out, parted by commas")
    parser.add_argument("--tables", type=pathlib.Path)
    arguments = parser.parse_args()

    catalogues.fetch(arguments.cache)
    corpora = [arguments.corpora / name for name in ("wcxb", "news")]
    left_out = set(filter(None, arguments.without.split(",")))
    lines = [line for line in residue_sources.gather(corpora, arguments.cache)
             if line.language not in left_out]
    rows = residue_model.read_features(ROOT / ".build/release/winnow-training", [line.text for line in lines])
    used = [index for index, row in enumerate(rows) if len(row[0])]
    lines, rows = [lines[index] for index in used], [rows[index] for index in used]
    print(collections.Counter((line.label, line.origin) for line in lines))

    model = residue_model.train(lines, rows, BUCKETS, KIND_BUCKETS)
    data = model.tables()
    if arguments.tables:
        arguments.tables.write_bytes(data)
        return
    residue_model.write_swift(TABLES, data)
    # Lines of our own with the scores that the extractor must give them.
    written = {text for _, _, text in residue_sources.prompts()}
    own = [index for index, line in enumerate(lines)
           if line.origin == "honest" or line.text in written][::30]
    scores = model.scores([rows[index] for index in own])
    with SCORES.open("w", encoding="utf-8") as out:
        for index, score in zip(own, scores):
            record = {"text": lines[index].text, "score": round(float(score), 3)}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
