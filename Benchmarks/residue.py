#!/usr/bin/env python3
"""How much residue is left in texts, and how many honest sentences are lost with it.

    residue.py --winnow BINARY CORPUS... [--lines FOLDER] [--left FILE] [--only-winnow]
    residue.py --winnow BINARY CORPUS... --trainer BINARY --held-out FOLDER
    residue.py --winnow BINARY CORPUS... --cost ROUNDS

Takes article pages of the corpora, puts one line into the middle and another at the end of the
body, as <p>, <div>, <li> or text between <br>, and looks for the lines in what comes out. The
lines are FOLDER's prompts.txt, which should go, and honest.txt, which should stay; every line is put
into both places. Without --lines the test's three sets are measured one after the other; what was
known of each while the model was made stands in docs/quality.md. Peers that are installed
(trafilatura, resiliparse, jusText) read the same pages. Standard library only, but for the peers.

What residue does is also counted apart from the choice of blocks: of the lines that are there with
residue off, those that are left or lost with it on.

--held-out measures languages that a model was not trained on: FOLDER holds tables named after the
languages left out (`el,es,pl.tables`), and each is asked about the lines of those languages alone.

--cost measures no quality: it cleans the corpora with residue off and on in turn, ROUNDS times, and
prints the ratio of CPU times.
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
import resource
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SETS = [HERE / "residue" / name for name in ("first", "second", "third")]
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


def lines(folder, name):
    """(language, kind, text); honest sentences have the kind 'honest'."""
    language = None
    for line in (folder / name).read_text(encoding="utf-8").splitlines():
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


def build(folder, corpora, source):
    """Writes the pages; returns for each page what was put where."""
    everything = [line for name in ("prompts.txt", "honest.txt") for line in lines(source, name)]
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


OFF = {"residue": {"mode": "off"}}


def run(binary, folder, options, out):
    configuration = {"stages": [
        {"stage": "fetch", "input": [os.path.abspath(folder)]}, {"stage": "strip", **options},
        {"stage": "normalize"}, {"stage": "emit", "output": out, "formats": ["text"]}]}
    file = pathlib.Path(out, "pipeline.json")
    file.write_text(json.dumps(configuration))
    # 3: some pages have no document.
    if subprocess.run([binary, "run", str(file), "--quiet"]).returncode not in (0, 3):
        raise SystemExit(f"{binary} cannot clean {folder}")


def cost(binary, corpora, rounds):
    """Prints CPU times of whole runs with residue off and on, in turn."""
    times = {"off": [], "strip": []}
    for _ in range(rounds):
        for mode, options in (("off", OFF), ("strip", {})):
            spent = 0
            for corpus in corpora:
                with tempfile.TemporaryDirectory() as out:
                    before = resource.getrusage(resource.RUSAGE_CHILDREN)
                    run(binary, corpus / "html", options, out)
                    after = resource.getrusage(resource.RUSAGE_CHILDREN)
                    spent += after.ru_utime - before.ru_utime
            times[mode].append(spent)
    for mode, spent in times.items():
        print(f"{mode:<6} user CPU of each round: {' '.join(f'{each:.2f}' for each in spent)} s")
    ratios = sorted(strip / off for strip, off in zip(times["strip"], times["off"]))
    print(f"strip / off: median {ratios[len(ratios) // 2]:.3f}, from {ratios[0]:.3f} to {ratios[-1]:.3f}; "
          f"of the least times {min(times['strip']) / min(times['off']):.3f}")


def winnow(binary, options):
    def read(folder):
        with tempfile.TemporaryDirectory() as out:
            run(binary, folder, options, out)
            return {path.name.split(".")[0]: path.read_text(encoding="utf-8")
                    for path in pathlib.Path(out).rglob("*.html.txt")}
    return read


def stripped(trainer, tables):
    """Documents by other tables of residue than the shipped ones."""
    def read(folder):
        pages = "".join(f"{path.stem}\t\t{path}\n" for path in sorted(folder.glob("*.html")))
        out = subprocess.run([trainer, "stripped", tables], input=pages.encode(), stdout=subprocess.PIPE, check=True)
        documents = map(json.loads, out.stdout.decode().splitlines())
        return {document["id"]: document["text"] for document in documents}
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


class Counts:
    """For each key (a kind, a language, a place, a form) how many lines are wrong, of how many."""

    def __init__(self):
        self.of = collections.defaultdict(lambda: [0, 0])

    def add(self, keys, is_wrong):
        for key in keys:
            self.of[key][0] += is_wrong
            self.of[key][1] += 1


def table(title, counts, keys):
    print(f"\n{title:<16}" + "".join(f"{name:>22}" for name in counts))
    for key in keys:
        cells = []
        for each_counts in counts.values():
            bad, all_ = each_counts.of[key]
            cells.append(f"{bad:>5} of {all_:<4} {100 * bad / max(1, all_):5.1f}%")
        print(f"{key:<16}" + "".join(f"{cell:>22}" for cell in cells))


def tools(arguments):
    """(name, reader, languages it is asked about or None for all)."""
    binary = os.path.abspath(arguments.winnow)
    yield "winnow", winnow(binary, {}), None
    yield "winnow, off", winnow(binary, OFF), None
    if arguments.held_out:
        for path in sorted(arguments.held_out.glob("*.tables")):
            yield path.stem, stripped(os.path.abspath(arguments.trainer), path), set(path.stem.split(","))
    elif not arguments.only_winnow:
        for name, read in peers():
            yield name, read, None


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=pathlib.Path)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--trainer", help="winnow-training, for --held-out")
    parser.add_argument("--held-out", type=pathlib.Path, help="tables of models that miss languages")
    parser.add_argument("--lines", type=pathlib.Path, help="a folder with prompts.txt and honest.txt")
    parser.add_argument("--left", type=pathlib.Path, help="add the lines that Winnow judged wrongly")
    parser.add_argument("--only-winnow", action="store_true")
    parser.add_argument("--cost", type=int, metavar="ROUNDS", help="measure CPU time instead")
    arguments = parser.parse_args()
    if arguments.cost:
        return cost(os.path.abspath(arguments.winnow), arguments.corpora, arguments.cost)
    for source in [arguments.lines] if arguments.lines else SETS:
        print(f"\n{source.name} set")
        measure(arguments, source)


def measure(arguments, source):
    # Whether each placed line is in a tool's text, by (page, place).
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        placed = build(folder, arguments.corpora, source)
        for tool, read, languages in tools(arguments):
            texts = read(folder)
            into = "held out" if languages else tool
            for page, items in placed.items():
                text = " ".join(texts.get(page, "").split())
                for language, kind, line, place, form in items:
                    if languages is None or language in languages:
                        found.setdefault(into, {})[page, place] = survives(line, text)
    report(placed, found)
    if arguments.left:
        wrong = sorted(
            f"{kind}\t{language}\t{place}\t{form}\t{line}" for page, items in placed.items()
            for language, kind, line, place, form in items
            if found["winnow"][page, place] != (kind == "honest"))
        with arguments.left.open("a", encoding="utf-8") as out:
            out.write("\n".join(wrong) + "\n")


def report(placed, found):
    left = {tool: Counts() for tool in found}
    lost = {tool: Counts() for tool in found}
    # Of what the choice of blocks kept.
    own = [tool for tool in found if tool in ("winnow", "held out")]
    left_of_kept = {tool: Counts() for tool in own}
    lost_of_kept = {tool: Counts() for tool in own}
    for page, items in placed.items():
        for language, kind, line, place, form in items:
            keys = ("all", kind, language, place, form)
            for tool, there in found.items():
                if (page, place) not in there:
                    continue
                is_there = there[page, place]
                is_honest = kind == "honest"
                (lost if is_honest else left)[tool].add(keys, is_there != is_honest)
                if tool in own and found["winnow, off"][page, place]:
                    (lost_of_kept if is_honest else left_of_kept)[tool].add(keys, is_there != is_honest)
    print(f"{len(placed)} pages, one line in the middle and one at the end of each")
    items = [item for each in placed.values() for item in each]
    kinds = sorted({kind for _, kind, *_ in items if kind != "honest"})
    languages = sorted({language for language, kind, *_ in items if kind != "honest"})
    keys = ["all", "middle", "end", *FORMS, *kinds, *languages]
    table("prompts left", left, keys)
    table("of those kept", left_of_kept, keys)
    keys = ["all", "middle", "end", *FORMS, *sorted({language for language, kind, *_ in items if kind == "honest"})]
    table("sentences lost", lost, keys)
    table("of those kept", lost_of_kept, keys)


if __name__ == "__main__":
    main()
