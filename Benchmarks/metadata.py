#!/usr/bin/env python3
"""Scores the metadata of JSON documents against a corpus.

    metadata.py CORPUS DOCUMENTS [--misses FIELD]

CORPUS holds truth.jsonl with `title`, `author` and `publish_date` (each may be null); DOCUMENTS is
a folder of `winnow run` with the format `json`.  A document's id is its file name up to the first
dot.  A page without a document has no metadata.  Standard library only.

A field is scored on the pages whose truth has it; `no truth` counts the answers on the others,
which are not known to be wrong.

title   Letters and digits in lower case are compared.  `exact`: they are equal.  `found`: equal, or
        one of the two holds the other, word by word (titles with and without the site's name or a
        subtitle).
date    `exact`: the same day as written, or the same day in UTC when both have an offset.
        `near`: at most one day apart (time zones).
author  The truth may hold several names in one text.  `exact`: the sets of names are equal.
        `found`: an answer's name and a truth's name are equal, or all words of one stand in the
        other, for at least half of the truth's names, and at least half of the answer's names are
        such.  Letter case, points and what stands before or after names ("By", "PhD") do not count.
"""
import argparse
import datetime
import json
import pathlib
import re
import sys
import unicodedata

SPLIT = re.compile(r"\s*(?:[;|、，]|,|&|\band\b|\bund\b|\bet\b| y |•|·)\s*", re.I)
# Signs that compatibility forms would turn into letters, and the soft hyphen.
DROPPED = {ord(sign): None for sign in "™®©℠\u00ad"}
NOISE = {"by", "von", "par", "por", "dr", "phd", "md", "jr", "mr", "mrs", "ms", "rn", "mba", "prof"}


def words(text):
    text = text.translate(DROPPED)
    text = unicodedata.normalize("NFKC", text).casefold().replace(".", "")
    return re.findall(r"[^\W_]+", "".join(c for c in text if not unicodedata.category(c) == "Mn"))


def title_scores(truth, answer):
    if not answer:
        return False, False
    a, b = sorted((words(truth), words(answer)), key=len)
    if a == b:
        return True, True
    return False, bool(a) and f" {' '.join(a)} " in f" {' '.join(b)} "


def moments(text):
    """The days a date may be: as written, and in UTC if it has an offset."""
    try:
        moment = datetime.datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        try:
            return {datetime.date.fromisoformat(text[:10])}
        except ValueError:
            return set()
    days = {moment.date()}
    if moment.tzinfo:
        days.add(moment.astimezone(datetime.timezone.utc).date())
    return days


def date_scores(truth, answer):
    wanted, given = moments(truth), moments(answer or "")
    near = any(abs((a - b).days) <= 1 for a in wanted for b in given)
    return bool(wanted & given), near


def person(name):
    return frozenset(w for w in words(name) if w not in NOISE)


def author_scores(truth, answer):
    wanted = {p for p in map(person, SPLIT.split(truth)) if p}
    given = {p for name in answer or [] for p in map(person, SPLIT.split(name)) if p}
    if not given:
        return False, False
    same = lambda a, b: a <= b or b <= a
    hit = sum(any(same(w, g) for g in given) for w in wanted)
    right = sum(any(same(w, g) for w in wanted) for g in given)
    return wanted == given, hit * 2 >= len(wanted) and right * 2 >= len(given)


FIELDS = {
    "title": ("title", "title", title_scores, ("exact", "found")),
    "date": ("publish_date", "published", date_scores, ("exact", "near")),
    "author": ("author", "authors", author_scores, ("exact", "found")),
}


def load(folder):
    documents = {}
    for path in sorted(folder.rglob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        documents[path.name.split(".", 1)[0]] = document.get("metadata", {})
    return documents


def dated(truth, field):
    """Whether the truth has the field; a date must be one of the calendar."""
    return bool(truth.get(field)) and (field != "publish_date" or bool(moments(truth[field])))


def score(truths, documents, misses=None):
    rows = []
    for field, (wanted_key, given_key, scores, names) in FIELDS.items():
        firsts = seconds = present = answered = extra = 0
        for truth in truths:
            answer = documents.get(truth["id"], {}).get(given_key)
            if not dated(truth, wanted_key):
                extra += bool(answer)
                continue
            present += 1
            answered += bool(answer)
            first, second = scores(truth[wanted_key], answer)
            firsts += first
            seconds += second
            if misses == field and not (second if field != "date" else first):
                print(truth["id"], truth["url"], truth[wanted_key], answer, sep=" | ")
        rows.append((field, present, answered, names, firsts, seconds, extra))
    return rows


def report(corpus, folder, misses=None):
    """Prints the table of a corpus that has metadata; whether there were documents to score."""
    with (corpus / "truth.jsonl").open(encoding="utf-8") as lines:
        truths = [json.loads(line) for line in lines]
    documents = load(folder)
    for field, present, answered, names, first, second, extra in score(truths, documents, misses):
        if present:
            print(f"{field:7} {present:5} pages  answered {answered / present:.3f}  "
                  f"{names[0]} {first / present:.3f}  {names[1]} {second / present:.3f}  "
                  f"no truth {extra}")
    return bool(documents)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--misses", choices=list(FIELDS), help="also print the pages it missed")
    arguments = parser.parse_args()
    if not (arguments.corpus / "truth.jsonl").exists():
        raise SystemExit(f"{arguments.corpus}/truth.jsonl: the corpus's truth is not there")
    sys.stdout.reconfigure(encoding="utf-8")
    if not report(arguments.corpus, arguments.documents, arguments.misses):
        raise SystemExit(f"{arguments.documents}: no .json document there")


if __name__ == "__main__":
    main()
