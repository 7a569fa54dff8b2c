#!/usr/bin/env python3
"""Trains the model of residue: catalogues, prompts and articles in, residue.tables out.

    train_residue.py CORPUS_ROOT [--cache FOLDER]
    train_residue.py CORPUS_ROOT --held-out FOLDER --without LANGUAGES...

CORPUS_ROOT holds wcxb/ and news/. Catalogues (catalogues.py) are fetched into the cache folder once.
With --held-out the sources stay as they are; for each group of --without (`pl,tr,id`) FOLDER gets the
tables of a model that never saw a line in these languages, for measuring on them.

The same sources give the same tables, bit for bit.
"""
import argparse
import collections
import json
import pathlib

import catalogues
import residue_model
import residue_sources

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLES = ROOT / "Sources/CTables/residue.tables"
SCORES = ROOT / "Tests/WinnowTests/Residue/trained-scores.jsonl"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=pathlib.Path)
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / ".build/catalogues")
    parser.add_argument("--held-out", type=pathlib.Path)
    parser.add_argument("--without", nargs="*", default=[], help="groups of languages, parted by commas")
    arguments = parser.parse_args()

    catalogues.fetch(arguments.cache)
    corpora = [arguments.corpora / name for name in ("wcxb", "news")]
    lines = residue_sources.gather(corpora, arguments.cache)
    rows = residue_model.read_features(ROOT / ".build/release/winnow-training", [line.text for line in lines])
    used = [index for index, row in enumerate(rows) if len(row[0])]
    lines, rows = [lines[index] for index in used], [rows[index] for index in used]
    for (label, origin), count in sorted(collections.Counter((line.label, line.origin) for line in lines).items()):
        print(f"{count:>7} {'prompts' if label else 'honest'}: {origin}")

    if arguments.held_out:
        arguments.held_out.mkdir(parents=True, exist_ok=True)
        for group in arguments.without:
            languages = set(group.split(","))
            some = [index for index, line in enumerate(lines) if line.language not in languages]
            model = residue_model.train([lines[index] for index in some], [rows[index] for index in some])
            (arguments.held_out / f"{group}.tables").write_bytes(model.tables())
        return
    model = residue_model.train(lines, rows)
    TABLES.write_bytes(model.tables())
    # Lines of our own with the scores that the extractor must give them.
    own = [index for index, line in enumerate(lines)
           if line.origin == "honest" or line.text == line.group][::30]
    scores = model.scores([rows[index] for index in own])
    with SCORES.open("w", encoding="utf-8") as out:
        for index, score in zip(own, scores):
            record = {"text": lines[index].text, "score": round(float(score), 3)}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
