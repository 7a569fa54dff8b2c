#!/usr/bin/env python3
"""Makes the tables by which the encoding of a page that declares none is guessed.

    encoding_tables.py [--cache FOLDER] [--out Sources/CEncodingTables]

In: translations and translated manuals (catalogues.py, and LibreOffice's help in the languages of
ideographs), fetched into the cache folder once. Out: C files of counts, the same bytes on every run
of the same packages; no text of the sources is kept. No page of a corpus is read, so that pages can
measure what the tables are good for.

Three kinds of costs, all in quarters of a nat, each the negative logarithm of a probability:

- For each language with an alphabet: of a letter behind another, or behind what is no letter. Letters
  count in lower case; what is no letter counts as one.
- For all languages together: of each sign beyond ASCII, behind a letter and behind another
  character; and of large and small letters behind each other.
- For Chinese, Japanese and Korean: of each character.
"""
import argparse
import collections
import html
import math
import pathlib
import re
import unicodedata

import catalogues

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Language -> the encodings, by Python's names, that its pages were written in. Their characters are
# all that the tables need to know.
ALPHABETS = {
    "en": ["cp1252"], "de": ["cp1252"], "fr": ["cp1252"], "es": ["cp1252"], "it": ["cp1252"],
    "pt": ["cp1252"], "nl": ["cp1252"], "sv": ["cp1252"], "da": ["cp1252"], "nb": ["cp1252"],
    "fi": ["cp1252"], "ca": ["cp1252"], "gl": ["cp1252"], "is": ["cp1252"], "sq": ["cp1252"],
    "pl": ["cp1250"], "cs": ["cp1250"], "sk": ["cp1250"], "hu": ["cp1250"], "sl": ["cp1250"],
    "hr": ["cp1250"], "ro": ["cp1250", "iso8859_16"],
    "tr": ["cp1254"], "lt": ["cp1257"], "lv": ["cp1257"], "et": ["cp1257"], "vi": ["cp1258"],
    "ru": ["cp1251"], "uk": ["cp1251"], "bg": ["cp1251"], "sr": ["cp1251"], "mk": ["cp1251"],
    "el": ["cp1253"], "he": ["cp1255"], "ar": ["cp1256"], "fa": ["cp1256"], "th": ["cp874"],
}
# Languages of other scripts: their letters of ASCII are all one.
OTHER_SCRIPTS = {"ru", "uk", "bg", "sr", "mk", "el", "he", "ar", "fa", "th"}

# Language -> (encoding, its rows of common characters by lead byte). Characters of these rows that
# the text lacks are taken for likelier than all others.
IDEOGRAPHS = {
    "zh": ("gb2312", range(0xB0, 0xD8)), "zh-tw": ("big5", range(0xA4, 0xC7)),
    "ja": ("euc_jp", range(0xB0, 0xD0)), "ko": ("euc_kr", range(0xB0, 0xC9)),
}
WIDE = {"zh": "gbk", "zh-tw": "big5hkscs", "ja": "cp932", "ko": "cp949"}
HELP = {"zh": "zh-cn", "zh-tw": "zh-tw", "ja": "ja", "ko": "ko"}

SOURCES = ["wordpress-l10n", "gnome-user-docs", catalogues.TALES] + [
    f"libreoffice-help-{name}" for name in HELP.values()]

# Codes in the sources -> ours.
CODES = {
    "zh_CN": "zh", "zh_TW": "zh-tw", "zh_HK": "zh-tw", "nb_NO": "nb", "no": "nb", "sr@latin": None,
    "sr@latin_RS": None, "es_PE": None, "es_CL": None, "en_CA": "en", "ru_UA": "ru",
}
# How older pages write letters that their encoding lacked.
VARIANTS = {
    "ro": str.maketrans("șțȘȚ", "şţŞŢ"),
    "fa": str.maketrans("یک", "يك"),
}

UNIT = 0.25
HIGHEST = 62
FIRST = 0x40
# Pseudo-counts: of what a letter is followed by, spread as all letters are.
SMOOTHING = 30
# A letter below this share of a language's letters is foreign to it.
OWN = 2e-5
# Of a letter of another language of the Latin script, as in names: one in two thousand.
NAMES = 5e-4
# The same in other scripts, where names are written in the script or in ASCII.
STRAYS = 5e-5
# Signs that pages have and manuals lack are taken to have been seen so often; judged.
PAGE_SIGNS = {"\xa0": 10_000} | {each: 1000 for each in "€£©®™•·°"} | {
    each: 300 for each in "×§±²³¹¼½¾"}
# What a paragraph of help counts beside one of other sources: help is about offices and tables.
HELP_WEIGHT = 0.2
# The least probability of an ideograph in the common rows, and of any other character.
COMMON, OTHER = 5e-6, 5e-7


def code_of(name):
    name = name.removeprefix("admin-network-").removeprefix("admin-")
    if name in CODES:
        return CODES[name]
    return re.split("[_@-]", name)[0]


def texts(folder):
    """(language, text, weight) of all sources, in a fixed order, English only as English."""
    seen = set()
    for language, text in catalogues.prose(folder):
        if language == "en":
            seen.add(text)
            yield "en", text, 1
    for language, text in catalogues.prose(folder):
        # What is not translated yet stands in English.
        if language != "en" and text not in seen:
            yield language, text, 1
    for path in sorted((folder / "wordpress-l10n").rglob("*.mo")):
        language = code_of(path.stem) if "continents" not in path.stem else None
        if language:
            for original, translation in catalogues.read_mo(path):
                if original != translation:
                    yield language, catalogues.cleaned(translation, filler=""), 1
    for path in sorted((folder / catalogues.TALES).rglob("*.mo")):
        found = re.search(r"/([A-Za-z_@]+)/LC_MESSAGES/", str(path))
        language = code_of(found.group(1)) if found else None
        if language:
            for original, translation in catalogues.read_mo(path):
                if original != translation:
                    yield language, catalogues.cleaned(translation, filler=""), 1
    for language, name in HELP.items():
        root = folder / f"libreoffice-help-{name}"
        for path in sorted(root.rglob("*.html")):
            page = path.read_text(encoding="utf-8", errors="replace")
            for body in re.findall(r"<p\b[^>]*>(.*?)</p>", page, re.DOTALL):
                yield language, html.unescape(catalogues.TAG.sub("", body)), HELP_WEIGHT


def is_letter(character):
    return unicodedata.category(character)[0] in "LM"


def fold(character):
    return character.lower()[0]


def as_written(text, language):
    """The text in the characters of the language's encodings; others become white space."""
    text = unicodedata.normalize("NFC", text)
    if language == "vi":
        # windows-1258 writes tones behind the letters that it has.
        text = "".join(
            each if encodable(each, "cp1258") else decomposed(each) for each in text)
    encodings = ALPHABETS[language]
    return "".join(
        each if any(encodable(each, name) for name in encodings) else " " for each in text)


def decomposed(character):
    parts = unicodedata.normalize("NFD", character)
    tones = "".join(each for each in parts if each in "\u0300\u0301\u0303\u0309\u0323")
    base = "".join(each for each in parts if each not in tones)
    return unicodedata.normalize("NFC", base) + tones


known = {}


def encodable(character, encoding):
    key = character, encoding
    if key not in known:
        try:
            character.encode(encoding)
            known[key] = True
        except UnicodeEncodeError:
            known[key] = False
    return known[key]


def cost(probability):
    return min(HIGHEST, round(-math.log(probability) / UNIT))


def packed(costs):
    return "".join(chr(FIRST + each) for each in costs).replace("\\", "\\\\")


class Letters:
    """Pairs of one language's letters."""

    def __init__(self, language):
        self.language = language
        self.pairs = collections.Counter()

    def count(self, text):
        before = ""
        for character in text + " ":
            after = fold(character) if is_letter(character) else ""
            self.pairs[before, after] += 1
            before = after

    def table(self):
        """(letters beyond ASCII, rows of costs). Rows and columns: no letter, a foreign letter
        beyond ASCII, a to z (one for all in other scripts), the letters beyond ASCII."""
        single = collections.Counter()
        for (_, after), count in self.pairs.items():
            single[after] += count
        letters = sum(count for each, count in single.items() if each)
        own = sorted(each for each, count in single.items()
                     if each > "\x7f" and count >= 5 and count > OWN * letters)
        alphabet = "abcdefghijklmnopqrstuvwxyz"
        is_latin = self.language not in OTHER_SCRIPTS
        order = ["", None] + list(alphabet if is_latin else "a") + own
        place = {each: 2 for each in alphabet} | {each: index for index, each in enumerate(order)}
        names = NAMES if is_latin else STRAYS
        size = len(order)
        counts = [[0] * size for _ in order]
        for (before, after), count in self.pairs.items():
            counts[place.get(before, 1)][place.get(after, 1)] += count
        columns = [sum(row[index] for row in counts) + 0.5 for index in range(size)]
        total = sum(columns)
        rows = []
        for row in counts:
            whole = sum(row) + SMOOTHING
            chances = [(each + SMOOTHING * column / total) / whole for each, column in zip(row, columns)]
            chances = [(1 - names) * each + names * (index == 1) for index, each in enumerate(chances)]
            rows.append([cost(each) for each in chances])
        return "".join(own), rows


def typeset(text):
    """The text with the quotes and dashes that programs for writing put in place of typed ones."""
    text = re.sub(r"(?<=\w)'", "’", text)
    text = re.sub(r'"([^"]*)"', "“\\1”", text)
    return text.replace(" - ", " – ").replace("--", "—").replace("...", "…")


class Signs:
    """Signs beyond ASCII, and large and small letters, of all alphabets."""

    def __init__(self):
        # [is the character before a letter?][sign or "" for one of ASCII]
        self.signs = [collections.Counter(), collections.Counter()]
        # [no letter, small, large] -> [small, large]
        self.cases = [[1, 1] for _ in range(3)]

    def count(self, text):
        before = " "
        for character in text:
            if not is_letter(character):
                self.signs[is_letter(before)][character if character > "\x7f" else ""] += 1
            elif character.lower() != character.upper():
                large = character != character.lower()
                state = 0
                if is_letter(before) and before.lower() != before.upper():
                    state = 2 if before != before.lower() else 1
                self.cases[state][large] += 1
            before = character


class Characters:
    """Single characters of a language of ideographs."""

    def __init__(self, language):
        self.language = language
        self.counts = collections.Counter()

    def count(self, text, weight):
        for each in text:
            if each >= "\xa0" and encodable(each, WIDE[self.language]):
                self.counts[each] += weight

    def tiers(self):
        """[(cost, characters)], and the cost of all others."""
        encoding, rows = IDEOGRAPHS[self.language]
        common = set()
        for lead in rows:
            for trail in range(0x40, 0xFF):
                try:
                    common.add(bytes([lead, trail]).decode(encoding))
                except UnicodeDecodeError:
                    pass
        total = sum(self.counts.values())
        tiers = collections.defaultdict(list)
        for each in sorted(set(self.counts) | common):
            if len(each) == 1 and ord(each) < 0x10000:
                floor = COMMON if each in common else OTHER
                tiers[cost(0.96 * self.counts[each] / total + floor)].append(each)
        return sorted(tiers.items()), cost(OTHER)


def literal(text, width=60):
    """A wide string literal in lines."""
    quoted = [each if each.isprintable() and not unicodedata.combining(each) and each not in '"\\'
              else f"\\u{ord(each):04x}" for each in text]
    return "\n".join(
        '        u"' + "".join(quoted[at:at + width]) + '"' for at in range(0, len(quoted), width)) or '        u""'


HEAD = '// Made by Training/encoding_tables.py; change that, not this.\n#include "language_tables.h"\n'


def write_letters(path, tables):
    lines = [HEAD, "const struct winnow_alphabet winnow_alphabets[] = {"]
    for language, (own, rows) in tables.items():
        lines.append(f'    {{"{language}", {len(own)}, {len(rows)},')
        lines.append(literal(own) + ",")
        lines.append("\n".join(f'        "{packed(row)}"' for row in rows) + "},")
    lines += ["};", f"const int winnow_alphabet_count = {len(tables)};", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def write_signs(path, signs):
    for counter in signs.signs:
        for each, count in PAGE_SIGNS.items():
            counter[each] += count
        for byte in range(0x80, 0x100):
            each = bytes([byte]).decode("cp1252", "ignore")
            if each and not is_letter(each):
                counter[each] += 2
    behind = []
    order = sorted(each for each in set(signs.signs[0]) | set(signs.signs[1]) if each)
    # What was never seen has the cost behind the last sign.
    for counter in signs.signs:
        total = sum(counter.values()) + 0.5 * (len(order) + 100)
        behind.append([cost((counter[each] + 0.5) / total) for each in order] + [cost(0.5 / total)])
    cases = [[cost(each / sum(row)) for each in row] for row in signs.cases]
    lines = [
        HEAD, f"const int winnow_sign_count = {len(order)};", "const uint16_t winnow_signs[] =",
        literal("".join(order)) + ";", "const char *const winnow_sign_costs[] = {",
        ",\n".join(f'    "{packed(each)}"' for each in behind) + "};",
        "const char *const winnow_case_costs[] = {",
        ", ".join(f'"{packed(each)}"' for each in cases) + "};", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def write_characters(path, tables):
    lines = [HEAD]
    for language, (tiers, _) in tables.items():
        name = language.replace("-", "_")
        lines.append(f"static const struct winnow_tier {name}_tiers[] = {{")
        for each, characters in tiers:
            lines.append(f"    {{{each}, {len(characters)},\n{literal(''.join(characters))}}},")
        lines.append("};")
    lines.append("const struct winnow_characters winnow_characters[] = {")
    for language, (tiers, other) in tables.items():
        name = language.replace("-", "_")
        lines.append(f'    {{"{language}", {len(tiers)}, {name}_tiers, {other}}},')
    lines += ["};", f"const int winnow_characters_count = {len(tables)};", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / ".build/catalogues")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "Sources/CEncodingTables")
    arguments = parser.parse_args()
    catalogues.fetch(arguments.cache, SOURCES, [])

    letters = {each: Letters(each) for each in ALPHABETS}
    characters = {each: Characters(each) for each in IDEOGRAPHS}
    signs = Signs()
    read = collections.Counter()
    for language, text, weight in texts(arguments.cache):
        read[language] += len(text)
        if language in letters:
            variants = [text]
            if language in VARIANTS:
                variants.append(text.translate(VARIANTS[language]))
            for each in variants:
                written = as_written(each, language)
                letters[language].count(written)
                signs.count(written)
                signs.count(typeset(written))
        elif language in characters:
            characters[language].count(text, weight)
    write_letters(arguments.out / "language_letters.c", {
        each: table.table() for each, table in letters.items()})
    write_signs(arguments.out / "language_signs.c", signs)
    write_characters(arguments.out / "language_characters.c", {
        each: table.tiers() for each, table in characters.items()})
    print("characters read: " + ", ".join(
        f"{each} {read[each]}" for each in [*letters, *characters]))


if __name__ == "__main__":
    main()
