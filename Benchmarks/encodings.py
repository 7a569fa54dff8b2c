#!/usr/bin/env python3
"""Compares detectors of encodings on real pages that say nothing of theirs.

    encodings.py --winnow BINARY CORPUS... [--manuals FOLDER] [--json]

Pages of the corpora that are UTF-8 and hold text beyond ASCII are written again in each legacy
encoding that can hold them and that pages in their language were written in, with every
declaration taken out.  Winnow cleans the pages in one run, in its JSON format, which names the
encoding; each other detector is given the same bytes.  An answer is right when the bytes, decoded
with it, give the page's text back: windows-1252 for iso-8859-1 is right as long as no byte differs.

With --manuals, the paragraphs of LibreOffice's help, fetched by apt into FOLDER once, stand in place
of the pages: one, two or eight of them, without a language, in languages that the corpora lack.

Needs the packages of Benchmarks/encodings/detectors.txt.
"""
import argparse
import collections
import gzip
import html
import json
import pathlib
import random
import re
import subprocess
import tempfile
import time
import unicodedata

import chardet
import chardetng_py
import charset_normalizer
import cchardet

# What pages in a language were written in before UTF-8; the names are Python's.
LEGACY = {
    "ru": ["cp1251", "koi8_r", "iso8859_5"], "uk": ["cp1251", "koi8_u"], "bg": ["cp1251"],
    "be": ["cp1251"], "sr": ["cp1251"], "mk": ["cp1251"],
    "el": ["cp1253", "iso8859_7"], "he": ["cp1255"], "ar": ["cp1256"], "fa": ["cp1256"],
    "th": ["cp874"], "ja": ["cp932", "euc_jp", "iso2022_jp"], "zh": ["gb18030", "big5hkscs"],
    "ko": ["cp949"], "tr": ["cp1254"], "vi": ["cp1258"], "pl": ["cp1250", "iso8859_2"],
    "cs": ["cp1250", "iso8859_2"], "hu": ["cp1250", "iso8859_2"], "sk": ["cp1250"],
    "ro": ["iso8859_16", "cp1250"], "hr": ["cp1250"], "sl": ["cp1250"], "lt": ["cp1257"],
    "lv": ["cp1257"], "et": ["cp1257"],
}
WESTERN = ["cp1252"]

# The script that most of a page's text beyond ASCII stands in -> a language for LEGACY, when the
# page names another or none.
SCRIPTS = [
    ("ja", re.compile("[\u3040-\u30ff]")), ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")), ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")), ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")), ("th", re.compile("[\u0e00-\u0e7f]")),
]

DECLARATIONS = re.compile(
    rb"""<meta\b[^>]*\bcharset[^>]*>|<\?xml[^>]*\?>""", re.IGNORECASE)
LANGUAGE = re.compile(rb"""<html\b[^>]*?\blang\s*=\s*["']?([a-zA-Z]{2,3})""", re.IGNORECASE)

# Names that the standard has and Python has not.
NAMES = {"x-mac-cyrillic": "mac_cyrillic", "windows-874": "cp874", "iso-8859-8-i": "iso8859_8",
         "shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs", "gbk": "gb18030",
         "gb2312": "gb18030", "macintosh": "mac_roman", "ibm866": "cp866"}


def pages(folder):
    below = folder / "html" if (folder / "html").is_dir() else folder
    for path in sorted(below.rglob("*.html*")):
        data = path.read_bytes()
        yield path.name.split(".")[0], gzip.decompress(data) if path.suffix == ".gz" else data


def of_script(text):
    beyond = sum(character >= "\u0100" and character.isalpha() for character in text)
    for language, script in SCRIPTS:
        # Japanese is mostly kanji.
        share = 0.1 if language == "ja" else 0.5
        if beyond > 50 and len(script.findall(text)) > share * beyond:
            return language
    return None


def cases(corpora):
    """(name, language, encoding, bytes, text) for each page and encoding."""
    for corpus in corpora:
        for name, page in pages(corpus):
            try:
                text = DECLARATIONS.sub(b"", page).decode("utf-8")
            except UnicodeDecodeError:
                continue
            found = LANGUAGE.search(page[:4096])
            language = found.group(1).decode().lower() if found else ""
            for encoding in LEGACY.get(of_script(text) or language, WESTERN):
                # As a program that saves pages does: what the encoding lacks becomes a reference.
                data = text.encode(encoding, "xmlcharrefreplace")
                lost = data.count(b"&#") - text.count("&#")
                high = sum(byte >= 0x80 for byte in data)
                if encoding == "iso2022_jp":
                    high = data.count(b"\x1b")
                # Pages that are ASCII in this encoding, or mostly references, tell nothing.
                if high < 8 or lost > high:
                    continue
                yield f"{corpus.name}-{name}-{encoding}", language, encoding, data


# Language of LibreOffice's help -> encodings.
MANUALS = {
    "ru": ["cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic"], "el": ["cp1253", "iso8859_7"],
    "cs": ["cp1250", "iso8859_2"], "pl": ["cp1250", "iso8859_2"], "hu": ["cp1250", "iso8859_2"],
    "sl": ["cp1250", "iso8859_2"], "et": ["cp1257", "iso8859_13", "iso8859_4"], "tr": ["cp1254"],
    "vi": ["cp1258"], "de": ["cp1252"], "fr": ["cp1252", "mac_roman", "iso8859_15"],
    "es": ["cp1252"],
}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def paragraphs(folder, language):
    """The help's paragraphs in a language, each once, in an order by chance that is always the same."""
    target = folder / language
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        package = f"libreoffice-help-{language}"
        subprocess.run(["apt-get", "download", "-qq", package], cwd=folder, check=True)
        archive = next(folder.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
        archive.unlink()
    found = set()
    for path in sorted(target.rglob("*.html"))[100:1500:7]:
        for body in re.findall(r"<p\b[^>]*>(.*?)</p>", path.read_text("utf-8", "replace"), re.DOTALL):
            text = html.unescape(re.sub("<[^>]*>", "", body))
            if len(text) > 40 and not text.isascii():
                found.add(text)
    return random.Random(5).sample(sorted(found), len(found))


def in_windows_1258(character):
    """As the encoding has it: tones behind the letters that it lacks."""
    try:
        character.encode("cp1258")
        return character
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", character)
        base = "".join(each for each in parts if each not in TONES)
        return unicodedata.normalize("NFC", base) + "".join(each for each in parts if each in TONES)


def manual_cases(folder):
    for language, encodings in MANUALS.items():
        texts = paragraphs(folder, language)
        for number in range(100):
            at = number * 8 % (len(texts) - 8)
            some = texts[at:at + (1, 1, 2, 8)[number % 4]]
            text = "<html><body>" + "\n".join(f"<p>{html.escape(each)}</p>" for each in some)
            if language == "vi":
                text = "".join(map(in_windows_1258, text))
            for encoding in encodings:
                data = text.encode(encoding, "xmlcharrefreplace")
                if sum(byte >= 0x80 for byte in data) >= 4:
                    yield f"{language}-{number}-{encoding}", language, encoding, data


def is_right(answer, data, encoding):
    if not answer:
        return False
    name = NAMES.get(answer.lower(), answer)
    try:
        return data.decode(name, "replace") == data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return False


def ng(data):
    detector = chardetng_py.EncodingDetector()
    detector.feed(data, last=True)
    return detector.guess(tld=None, allow_utf8=True)


DETECTORS = {
    "uchardet alone (faust-cchardet)": lambda data: cchardet.detect(data)["encoding"],
    "chardetng": ng,
    "chardet": lambda data: chardet.detect(data)["encoding"],
    "charset-normalizer": lambda data: charset_normalizer.detect(data)["encoding"],
}


def winnow_answers(winnow, items):
    with tempfile.TemporaryDirectory() as scratch:
        folder, output = pathlib.Path(scratch, "in"), pathlib.Path(scratch, "out")
        folder.mkdir()
        for name, _, _, data in items:
            (folder / f"{name}.html").write_bytes(data)
        configuration = pathlib.Path(scratch, "pipeline.json")
        configuration.write_text(json.dumps({"stages": [
            {"stage": "fetch", "input": [str(folder)]}, {"stage": "strip"},
            {"stage": "emit", "output": str(output), "formats": ["json"]}]}))
        done = subprocess.run([str(winnow), "run", str(configuration), "--quiet"])
        if done.returncode not in (0, 3):
            raise SystemExit(f"winnow: exit code {done.returncode}")
        answers = {}
        for name, *_ in items:
            document = output / f"{name}.html.json"
            if document.exists():
                answers[name] = json.loads(document.read_text())["encoding"]["label"]
        return answers


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", type=pathlib.Path)
    parser.add_argument("--manuals", type=pathlib.Path)
    parser.add_argument("--winnow", type=pathlib.Path, required=True)
    parser.add_argument("--sample", type=int, default=100,
                        help="most pages of an encoding (default: 100)")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()

    taken = collections.Counter()
    items = []
    found = manual_cases(arguments.manuals) if arguments.manuals else cases(arguments.corpora)
    for item in found:
        if taken[item[2]] < arguments.sample:
            taken[item[2]] += 1
            items.append(item)
    right = collections.defaultdict(collections.Counter)
    seconds = {}
    answers = winnow_answers(arguments.winnow, items)
    for name, _, encoding, data in items:
        right["Winnow"][encoding] += is_right(answers.get(name), data, encoding)
    for detector, ask in DETECTORS.items():
        start = time.process_time()
        results = [(item, ask(item[3])) for item in items]
        seconds[detector] = time.process_time() - start
        for (_, _, encoding, data), answer in results:
            right[detector][encoding] += is_right(answer, data, encoding)

    if arguments.json:
        print(json.dumps({"pages": taken, "right": right, "seconds": seconds}))
        return
    names = ["Winnow"] + list(DETECTORS)
    print(f"{len(items)} pages; % of pages that come back as they were")
    print("| encoding | pages | " + " | ".join(names) + " |")
    print("|---|---|" + "---|" * len(names))
    for encoding in sorted(taken):
        row = [f"{100 * right[name][encoding] / taken[encoding]:.0f}" for name in names]
        print(f"| {encoding} | {taken[encoding]} | " + " | ".join(row) + " |")
    row = [f"{100 * sum(right[name].values()) / len(items):.1f}" for name in names]
    print(f"| all | {len(items)} | " + " | ".join(row) + " |")
    means = [sum(right[name][each] / taken[each] for each in taken) / len(taken) for name in names]
    print("| mean of encodings | | " + " | ".join(f"{100 * each:.1f}" for each in means) + " |")
    print("CPU seconds: " + ", ".join(f"{name} {each:.1f}" for name, each in seconds.items()))


if __name__ == "__main__":
    main()
