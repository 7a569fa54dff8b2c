"""The lines that the residue model learns from: prompts and honest sentences, ours, from catalogues and
from the corpora's articles.

A line is (text, label, kind, language, origin, weight); label 1 is residue. Everything is drawn with
one seeded generator, so that the same sources give the same lines.
"""
import dataclasses
import json
import pathlib
import random
import re

import catalogues

KINDS = {
    "s": "subscribe", "f": "follow", "c": "comments", "l": "login", "k": "cookies", "p": "paywall",
    "a": "advertisement", "r": "related", "t": "tags", "e": "form", "o": "tools", "g": "credit",
}
HERE = pathlib.Path(__file__).parent / "residue"
# What stands for a site in a prompt: made-up names, some of them domains.
SITES = ["Morning Post", "Lumen", "Harbour Times", "nordblick.example", "La Tribune du Sud", "TechGarten",
         "Radio Mar", "El Faro", "Город 24", "Dnevnik", "Gazeta Polna", "The Daily Lantern"]
NAMES = ["Anna Berg", "J. Okafor", "Marta Ruiz", "Li Wei", "Tom Hale", "Иван Петров"]
TAGS = ["politics, economy", "football", "climate, energy, Europe", "health", "travel, Italy, food"]


@dataclasses.dataclass(frozen=True)
class Line:
    text: str
    label: int
    kind: str
    language: str
    origin: str
    weight: float = 1.0


def blocks(path):
    """(language, line) of a file with `[language]` above its lines."""
    language = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("["):
            language = line.strip("[]")
        else:
            yield language, line


def prompts(path=HERE / "prompts.txt"):
    """(kind, language, template)."""
    for language, line in blocks(path):
        kind, text = line.split(" ", 1)
        yield KINDS[kind], language, text


CHOICE = re.compile(r"\[([^\[\]]*)\]")


def filled(template, chance, headlines):
    """A template with its choices made and its places filled; a headline is left out half of the time,
    with its colon kept."""
    text = " ".join(CHOICE.sub(lambda match: chance.choice(match[1].split("|")), template).split())
    text = text.replace("{n}", str(chance.randint(1, 300))).replace("{site}", chance.choice(SITES)).replace("{name}", chance.choice(NAMES))
    text = text.replace("{tags}", chance.choice(TAGS))
    if "{title}" in text:
        text = text.replace("{title}", chance.choice(headlines) if chance.random() < 0.4 else "").strip()
    return text


def ours(chance, headlines, copies=3):
    by_language = {}
    for kind, language, template in prompts():
        variants = {filled(template, chance, headlines) for _ in range(copies if "{" in template else 1)}
        for text in sorted(variants):
            by_language.setdefault(language, []).append((kind, text))
            yield Line(text, 1, kind, language, "ours", 3.0 / len(variants))
    for kind, language, template in prompts(HERE / "patterns.txt"):
        variants = {filled(template, chance, headlines) for _ in range(40)}
        for text in sorted(variants):
            by_language[language].append((kind, text))
            yield Line(text, 1, kind, language, "pattern", 10.0 / len(variants))
    # Two or three prompts in one line, as boxes and <br> text run together.
    for language, pairs in sorted(by_language.items()):
        for _ in range(min(300, len(pairs))):
            some = [chance.choice(pairs) for _ in range(chance.choice((2, 2, 3)))]
            joint = chance.choice((" ", ". ", " – ", " | ", "! "))
            yield Line(joint.join(text.rstrip(".!") for _, text in some), 1, some[0][0], language, "ours", 0.7)


def honest(path=HERE / "honest.txt"):
    for language, line in blocks(path):
        yield Line(line, 0, "", language, "honest", 12.0)


def translated(folder, chance, limit=120):
    """At most `limit` strings for a kind and a language."""
    groups = {}
    for letter, language, _, text in catalogues.strings(folder):
        groups.setdefault((KINDS[letter], language), set()).add(text)
    for (kind, language), texts in sorted(groups.items()):
        texts = sorted(texts)
        chance.shuffle(texts)
        for text in texts[:limit]:
            yield Line(text, 1, kind, language, "catalogue", 0.7)


SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\W\da-z_])|(?<=[。！？])")


def manuals(folder, chance, limit=900):
    """Sentences of GNOME's help."""
    groups = {}
    for language, text in catalogues.prose(folder):
        groups.setdefault(language, []).append(text)
    for language, texts in sorted(groups.items()):
        texts = sorted(set(texts))
        chance.shuffle(texts)
        for text in texts[:limit]:
            yield Line(text, 0, "", language, "manual", 0.7)


def stories(folder, chance, limit=900):
    """Paragraphs of tales, and a sentence of each that has several."""
    groups = {}
    for language, text in catalogues.tales(folder):
        groups.setdefault(language, set()).add(text)
    for language, texts in sorted(groups.items()):
        texts = sorted(texts)
        chance.shuffle(texts)
        for text in texts[:limit]:
            yield Line(text, 0, "", language, "tale", 0.7)
            parts = SENTENCE.split(text)
            if len(parts) > 1:
                yield Line(chance.choice(parts), 0, "", language, "tale", 0.7)


def articles(corpora, chance, limit=100_000):
    """Lines of the corpora's texts, and single sentences of their paragraphs."""
    lines = []
    for corpus in corpora:
        for record in (corpus / "truth.jsonl").open(encoding="utf-8"):
            page = json.loads(record)
            for line in page["text"].split("\n"):
                line = " ".join(line.split())
                if len(line) < 2 or len(line) > 600:
                    continue
                lines.append((line, corpus.name))
                parts = SENTENCE.split(line)
                if len(parts) > 1:
                    lines.append((chance.choice(parts), corpus.name))
    lines = sorted(set(lines))
    chance.shuffle(lines)
    for text, name in lines[:limit]:
        yield Line(text, 0, "", "?", name, 1.0)


def headlines(corpora):
    found = set()
    for corpus in corpora:
        for record in (corpus / "truth.jsonl").open(encoding="utf-8"):
            title = json.loads(record).get("title")
            if title and 15 < len(title) < 120:
                found.add(" ".join(title.split()))
    return sorted(found)


def gather(corpora, cache):
    """All lines; a line that is residue in one source is not honest in another."""
    chance = random.Random(20)
    titles = headlines(corpora)
    lines = list(ours(chance, titles)) + list(translated(cache, chance))
    taken = {line.text.casefold().strip(" .!:*") for line in lines}
    sources = (honest(), manuals(cache, chance), stories(cache, chance), articles(corpora, chance))
    for source in sources:
        lines += [line for line in source if line.text.casefold().strip(" .!:*") not in taken]
    return lines
