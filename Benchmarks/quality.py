#!/usr/bin/env python3
"""Scores Winnow's documents against a corpus.

    quality.py --winnow BINARY --score SCORE.py CORPUS [--worst N]

Cleans CORPUS/html into a temporary folder and hands the texts, as predictions by id, to the
corpus's own scorer (`SCORE.py CORPUS PREDICTIONS.jsonl`), whose table is printed; below it the
metadata's, where the truth has any.  Standard library only.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

import metadata
import pipeline
import predictions


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--winnow", type=pathlib.Path, required=True)
    parser.add_argument("--score", type=pathlib.Path, required=True)
    parser.add_argument("--worst", type=int, default=0, help="also print the N worst pages")
    arguments = parser.parse_args()
    for path, what in ((arguments.corpus / "truth.jsonl", "the corpus's truth"),
                       (arguments.score, "the scorer")):
        if not path.exists():
            raise SystemExit(f"{path}: {what} is not there; give CORPUS=FOLDER (and SCORE=FILE)")
    with tempfile.TemporaryDirectory() as folder:
        documents, table = pathlib.Path(folder, "documents"), pathlib.Path(folder, "predictions.jsonl")
        pipeline.run(arguments.winnow, pipeline.pages_folder(arguments.corpus), documents,
                     formats=("text", "json"))
        with table.open("w", encoding="utf-8") as out:
            predictions.write(documents, out)
        command = [sys.executable, str(arguments.score), str(arguments.corpus), str(table)]
        if arguments.worst:
            command += ["--worst", str(arguments.worst)]
        status = subprocess.run(command).returncode
        metadata.report(arguments.corpus, documents)
        raise SystemExit(status)


if __name__ == "__main__":
    main()
