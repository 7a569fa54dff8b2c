#!/usr/bin/env python3
"""Trains the models of blocks: corpora in, blocks.tables and sequence.tables out.

    train.py CORPUS_ROOT [--cross-validate [--reuse]] [--work FOLDER]

CORPUS_ROOT holds wcxb/, news/ and snippets/ (see docs/quality.md). Without --cross-validate one
model is trained on all of wcxb and news and written into the sources. With it five pairs of models
are trained, each without one fold, the documents of that fold are made with those that never saw
them, and all are scored; nothing in the sources changes, but for the calibration of the
confidence, which comes from these scores.

The same corpora give the same tables, bit for bit.
"""
import argparse
import collections
import importlib.util
import json
import pathlib
import subprocess
import sys

import catboost
import numpy

import confidence
import sequence
import sequence_tables
import tables
from corpora import SEED, Corpus, Samples

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLES = ROOT / "Sources/CTables"
CHECKS = ROOT / "Tests/WinnowTests/Scoring"
FOLDS = range(5)

PARAMETERS = {
    "iterations": 1000, "depth": tables.DEPTH, "learning_rate": 0.08, "border_count": 63, "rsm": 0.25,
    "l2_leaf_reg": 5, "bootstrap_type": "Bernoulli", "subsample": 0.7, "boosting_type": "Plain",
    "leaf_estimation_iterations": 1, "score_function": "L2", "random_seed": SEED, "thread_count": 2,
    "verbose": 100, "allow_writing_files": False,
}
# Features that the model may use: the best by the gain of a first small model. The model then fits
# into the cache, and features that nobody uses need not be computed.
COLUMNS = 250
# What the log-odds of the trees and of the sequence model count in their sum, and what is added.
SHARES = (0.35, 0.25, 0.2)
SCOUT = {"iterations": 60, "learning_rate": 0.3, "rsm": 0.5, "verbose": 0}


def train(corpora, fold, columns, **changes):
    """A model of all pages that are not in `fold`."""
    parts = [part for corpus in corpora for part in corpus.training_rows(fold, columns)]
    rows, labels, weights = (numpy.concatenate(each) for each in zip(*parts))
    print(f"training without fold {fold}: {rows.shape[0]} blocks, {rows.shape[1]} features", flush=True)
    model = catboost.CatBoostClassifier(**{**PARAMETERS, **changes})
    model.fit(catboost.Pool(rows, labels, weight=weights))
    return model


def choose_columns(corpora, names):
    model = train(corpora, None, numpy.arange(len(names)), **SCOUT)
    best = numpy.argsort(-model.get_feature_importance(), kind="stable")
    return numpy.sort(best[:COLUMNS]), numpy.sort(best[:sequence.COLUMNS])


def by_swift(tool, what, listing, models):
    """The documents or scores of the listed pages by the two files of tables in `models`."""
    with open(listing) as pages:
        out = subprocess.run([tool, what, *models], stdin=pages, stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def train_both(corpora, fold, columns, names, knots):
    """The trees, and the tables of both models, for all pages that are not in `fold`."""
    trees = train(corpora, fold, columns[0])
    network = sequence.Model(corpora, fold, columns[1])
    return trees, network, (tables.tables(trees, names, columns[0], knots),
                            sequence_tables.tables(network, names, SHARES))


def load_score(corpus_root):
    path = pathlib.Path(corpus_root).parent / "tools/score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cross_validate(corpora, columns, names, tool, work, score, reuse):
    """Documents of each fold by the models that never saw it; the scores, and (expected, true) F1.

    `reuse`: the models that an earlier run left in `work`, with the shares of today."""
    predicted = {corpus.name: {} for corpus in corpora}
    pairs = []
    for fold in FOLDS:
        models = [work / f"fold-{fold}.{kind}" for kind in ("trees", "sequence")]
        if reuse:
            models[1].write_bytes(sequence_tables.with_shares(models[1].read_bytes(), SHARES))
        else:
            for path, data in zip(models, train_both(corpora, fold, columns, names, confidence.IDENTITY)[2]):
                path.write_bytes(data)
        for corpus in corpora:
            listing = corpus.work / f"fold-{fold}.tsv"
            inside = {key for key, page in corpus.truth.items() if page["fold"] == fold}
            listing.write_text("".join(
                line for line in corpus.list.open() if line.split("\t", 1)[0] in inside))
            for document in by_swift(tool, "documents", listing, models):
                predicted[corpus.name][document["id"]] = document["text"]
                truth = corpus.truth[document["id"]]
                if truth["text"]:
                    f1 = score.word_f1(document["text"], truth["text"])[2]
                    pairs.append((document["confidence"], f1, fold))
    for corpus in corpora:
        report(corpus, predicted[corpus.name], score)
        with (work / f"{corpus.name}.predictions.jsonl").open("w") as out:
            for key, text in predicted[corpus.name].items():
                out.write(json.dumps({"id": key, "text": text}) + "\n")
    return pairs


def report(corpus, predicted, score):
    truth = list(corpus.truth.values())
    figures, rows = score.score_text(truth, predicted)
    print(f"\n{corpus.name}, cross-validated by fold: {len(truth)} pages")
    for key, value in figures.items():
        print(f"  {key:18} {value:.4f}")
    full = {page["id"] for page in truth if page["text"]}
    with_text = [row["F1"] for row in rows if row["id"] in full]
    print(f"  {'F1 with reference':18} {numpy.mean(with_text):.4f}  ({len(with_text)} pages)")
    countries = collections.defaultdict(list)
    for row in rows:
        country = corpus.truth[row["id"]].get("country")
        if country:
            countries[country].append(row["F1"])
    if countries:
        print("  F1 by country:", ", ".join(
            f"{country} {numpy.mean(values):.3f} ({len(values)})" for country, values in sorted(countries.items())))


def write_check(model, corpora, columns):
    """A few rows and the trainer's own log-odds, for the test that compares Swift's with them."""
    rows = numpy.concatenate([corpus.rows[::len(corpus.rows) // 20][:20] for corpus in corpora])
    values = model.predict(numpy.ascontiguousarray(rows[:, columns]), prediction_type="RawFormulaVal")
    check = {"columns": [int(c) for c in columns],
             "rows": [[float(v) for v in row[columns]] for row in rows],
             "logOdds": [float(v) for v in values]}
    (CHECKS / "model-check.json").write_text(json.dumps(check) + "\n")


def write_sequence_check(model, tool, width, work):
    """The trainer's log-odds of the blocks of sample pages, for the same."""
    samples = Samples(ROOT / "samples/pages", tool, work)
    samples.read_features(width)
    check = {page["id"]: [round(float(value), 5) for value in model.log_odds(page, samples)]
             for page in samples.pages if page["texts"]}
    (CHECKS / "sequence-check.json").write_text(json.dumps(check, indent=0) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=pathlib.Path)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--reuse", action="store_true", help="with --cross-validate: train no models anew")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / ".build/training")
    parser.add_argument("--tool", type=pathlib.Path, default=ROOT / ".build/release/winnow-training")
    arguments = parser.parse_args()
    tool = arguments.tool
    names = subprocess.run([tool, "names"], stdout=subprocess.PIPE, check=True, text=True).stdout.split("\n")[:-1]
    corpora = [Corpus(arguments.corpora / name, tool, arguments.work) for name in ("wcxb", "news")]
    for corpus in corpora:
        corpus.read_features(len(names))
        corpus.read_labels()
    columns = choose_columns(corpora, names)
    if arguments.cross_validate:
        pairs = cross_validate(corpora, columns, names, tool, arguments.work, load_score(arguments.corpora),
                               arguments.reuse)
        confidence.calibrate(pairs, ROOT / "Training/confidence.json")
        return
    knots = confidence.knots(ROOT / "Training/confidence.json")
    trees, network, (tree_data, sequence_data) = train_both(corpora, None, columns, names, knots)
    (TABLES / "blocks.tables").write_bytes(tree_data)
    (TABLES / "sequence.tables").write_bytes(sequence_data)
    write_check(trees, corpora, columns[0])
    write_sequence_check(network, tool, len(names), arguments.work)
    print(f"{len(tree_data)} bytes of trees, {len(sequence_data)} of the sequence model")


if __name__ == "__main__":
    sys.exit(main())
