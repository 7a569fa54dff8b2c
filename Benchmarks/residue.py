#!/usr/bin/env python3
"""How much residue is left in texts, and how many honest sentences are lost with it.

    residue.py --winnow BINARY CORPUS... [--pages N] [--left FILE]

Takes article pages of the corpora, puts one line into the middle and another at the end of the
body, as <p>, <div>, <li> or text between <br>, and looks for the lines in what comes out. The
lines are Benchmarks/residue/prompts.txt, which should go, and honest.txt, which should stay; every
line is put into both places. Peers that are installed (trafilatura, resiliparse, jusText) read the
same pages. Standard library only, but for the peers.
"""
import argparse
import collections
import gzip
import html
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PARAGRAPH = re.compile(rb"<p(?:\s[^>]*)?>((?:(?!<p[\s>]).){120,2500}?)</p>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
FORMS = {
    "p": "<p>{}</p>",
    "div": "<div>{}</div>",
    "li": "<ul><li>{}</li></ul>",
    # Text set apart by <br> inside a paragraph that is honest text.
    "br": None,
}
SEED = 5


def lines(name):
    """(language, kind, text); honest sentences have the kind 'honest'."""
    language = None
    for line in (HERE / "residue" / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            language = line.strip("[]")
        elif name == "prompts.txt":
            kind, text = line.split(" ", 1)
            yield language, kind, text
        else:
            yield language, "honest", line


def plain(text):
    return " ".join(html.unescape(TAG.sub(" ", text)).split())


def bodies(corpora):
    """(page's bytes, its body paragraphs' ranges) of article pages in UTF-8."""
    for corpus in corpora:
        for record in (corpus / "truth.jsonl").open(encoding="utf-8"):
            truth = json.loads(record)
            if truth["type"] != "article" or len(truth["text"]) < 1500:
                continue
            page = gzip.decompress((corpus / "html" / f"{truth['id']}.html.gz").read_bytes())
            try:
                page.decode("utf-8")
            except UnicodeDecodeError:
                continue
            text = " ".join(truth["text"].split())
            found = []
            for match in PARAGRAPH.finditer(page):
                words = plain(match.group(1).decode("utf-8", "replace"))
                if len(words) > 100 and words[:60] in text and words[-40:] in text:
                    found.append(match.span())
            if len(found) >= 5:
                yield page, found


def put(page, span, text, form):
    """The page with a line after the paragraph at `span`, or inside it, after a <br>."""
    line = html.escape(text, quote=False).encode()
    if form == "br":
        at = span[1] - len(b"</p>")
        return page[:at] + b"<br>\n" + line + page[at:]
    return page[:span[1]] + b"\n" + FORMS[form].format(line.decode()).encode() + page[span[1]:]


def build(folder, corpora):
    """Writes the pages; returns for each page what was put where."""
    everything = list(lines("prompts.txt")) + list(lines("honest.txt"))
    chance = random.Random(SEED)
    middle, end = everything[:], everything[:]
    chance.shuffle(middle)
    chance.shuffle(end)
    pages = list(bodies(corpora))
    chance.shuffle(pages)
    placed = {}
    for number, (first, last) in enumerate(zip(middle, end)):
        page, found = pages[number % len(pages)]
        forms = [chance.choice(list(FORMS)) for _ in range(2)]
        # From the end, so that the first place stays where it is.
        page = put(page, found[-1], last[2], forms[1])
        page = put(page, found[len(found) // 2], first[2], forms[0])
        name = f"{number:04}"
        (folder / f"{name}.html").write_bytes(page)
        placed[name] = [(*first, "middle", forms[0]), (*last, "end", forms[1])]
    return placed


def winnow(binary, options):
    def read(folder):
        with tempfile.TemporaryDirectory() as out:
            configuration = {"stages": [
                {"stage": "fetch", "input": [str(folder)]}, {"stage": "strip", **options},
                {"stage": "normalize"}, {"stage": "emit", "output": out, "formats": ["text"]}]}
            file = pathlib.Path(out, "pipeline.json")
            file.write_text(json.dumps(configuration))
            subprocess.run([binary, "run", str(file), "--quiet"], check=True)
            return {path.name.split(".")[0]: path.read_text(encoding="utf-8")
                    for path in pathlib.Path(out).rglob("*.html.txt")}
    return read


def each(extract):
    def read(folder):
        texts = {}
        for path in sorted(folder.glob("*.html")):
            try:
                texts[path.stem] = extract(path.read_bytes().decode("utf-8")) or ""
            except Exception as error:  # a peer's fault on one page is an empty text
                print(f"{path.stem}: {error}")
                texts[path.stem] = ""
        return texts
    return read


def peers():
    try:
        import trafilatura
        yield "trafilatura", each(lambda page: trafilatura.extract(page, favor_precision=False))
    except ImportError:
        pass
    try:
        from resiliparse.extract.html2text import extract_plain_text
        yield "resiliparse", each(lambda page: extract_plain_text(page, main_content=True))
    except ImportError:
        pass
    try:
        import justext
        stoplist = frozenset().union(*(justext.get_stoplist(name) for name in justext.get_stoplists()))
        yield "justext", each(lambda page: "\n".join(
            paragraph.text for paragraph in justext.justext(page.encode(), stoplist)
            if not paragraph.is_boilerplate))
    except ImportError:
        pass


def survives(text, texts):
    return " ".join(text.split()) in texts


def table(title, tools, counts, keys):
    print(f"\n{title:<16}" + "".join(f"{name:>22}" for name in tools))
    for key in keys:
        cells = []
        for name in tools:
            bad, all_ = counts[name][key]
            cells.append(f"{bad:>5} of {all_:<4} {100 * bad / max(1, all_):5.1f}%")
        print(f"{key:<16}" + "".join(f"{cell:>22}" for cell in cells))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=pathlib.Path)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--left", type=pathlib.Path, help="write the lines that Winnow judged wrongly")
    parser.add_argument("--only-winnow", action="store_true")
    arguments = parser.parse_args()
    tools = [("winnow", winnow(os.path.abspath(arguments.winnow), {})),
             ("winnow, off", winnow(os.path.abspath(arguments.winnow), {"residue": {"mode": "off"}}))]
    if not arguments.only_winnow:
        tools += list(peers())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        placed = build(folder, arguments.corpora)
        left = {tool: collections.defaultdict(lambda: [0, 0]) for tool, _ in tools}
        lost = {tool: collections.defaultdict(lambda: [0, 0]) for tool, _ in tools}
        wrong = []
        for tool, read in tools:
            texts = read(folder)
            for page, items in placed.items():
                text = " ".join(texts.get(page, "").split())
                for language, kind, line, place, form in items:
                    is_there = survives(line, text)
                    counts, bad = (lost, not is_there) if kind == "honest" else (left, is_there)
                    for key in ("all", kind, language, place, form):
                        counts[tool][key][0] += bad
                        counts[tool][key][1] += 1
                    if bad and tool == "winnow":
                        wrong.append(f"{kind}\t{language}\t{place}\t{form}\t{line}")
    names = [tool for tool, _ in tools]
    kinds = sorted({kind for _, kind, _ in lines("prompts.txt")})
    languages = sorted({language for language, _, _ in lines("prompts.txt")})
    print(f"{len(placed)} pages, one line in the middle and one at the end of each")
    table("prompts left", names, left, ["all", "middle", "end", *FORMS, *kinds, *languages])
    languages = sorted({language for language, _, _ in lines("honest.txt")})
    table("sentences lost", names, lost, ["all", "middle", "end", *FORMS, *languages])
    if arguments.left:
        arguments.left.write_text("\n".join(sorted(wrong)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
