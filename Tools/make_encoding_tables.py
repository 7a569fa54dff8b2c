"""Makes the index tables of Sources/CEncodingTables from Python's own codecs.

In: nothing but Python 3.11 or later. Out: one C file an index, the same bytes on every run.

    python3 Tools/make_encoding_tables.py Sources/CEncodingTables

The tables are those of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org). Where the
standard differs from Python's codec, the difference stands below as a fact: OVERRIDES_*.
Characters are written as wide string literals: every table is constant data, costs nothing at
start-up, and can be read. U+FFFD stands for "no character".
"""

import sys
import unicodedata
from pathlib import Path

ABSENT = "\ufffd"

# --- single bytes -------------------------------------------------------------------------------

# The standard's name, Python's name; the order is that of TextEncoding's single-byte cases.
SINGLE_BYTE = [
    ("ibm866", "cp866"),
    ("iso-8859-2", "iso8859_2"),
    ("iso-8859-3", "iso8859_3"),
    ("iso-8859-4", "iso8859_4"),
    ("iso-8859-5", "iso8859_5"),
    ("iso-8859-6", "iso8859_6"),
    ("iso-8859-7", "iso8859_7"),
    ("iso-8859-8", "iso8859_8"),
    ("iso-8859-10", "iso8859_10"),
    ("iso-8859-13", "iso8859_13"),
    ("iso-8859-14", "iso8859_14"),
    ("iso-8859-15", "iso8859_15"),
    ("iso-8859-16", "iso8859_16"),
    ("koi8-r", "koi8_r"),
    ("koi8-u", "koi8_u"),
    ("macintosh", "mac_roman"),
    ("windows-874", "cp874"),
    ("windows-1250", "cp1250"),
    ("windows-1251", "cp1251"),
    ("windows-1252", "cp1252"),
    ("windows-1253", "cp1253"),
    ("windows-1254", "cp1254"),
    ("windows-1255", "cp1255"),
    ("windows-1256", "cp1256"),
    ("windows-1257", "cp1257"),
    ("windows-1258", "cp1258"),
    ("x-mac-cyrillic", "mac_cyrillic"),
]

OVERRIDES_SINGLE_BYTE = {
    "koi8-u": {0xAE: "ў", 0xBE: "Ў"},
    "windows-1255": {0xCA: "\u05ba"},
}


def single_byte(name, codec):
    table = []
    for byte in range(0x80, 0x100):
        try:
            character = bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            # The standard maps unassigned bytes of the C1 range to the C1 controls.
            character = chr(byte) if byte < 0xA0 else ABSENT
        table.append(OVERRIDES_SINGLE_BYTE.get(name, {}).get(byte, character))
    return table


# --- pairs of bytes -----------------------------------------------------------------------------


def decoded(sequence, codec):
    """The one character that `sequence` stands for, or ABSENT."""
    try:
        text = bytes(sequence).decode(codec)
    except UnicodeDecodeError:
        return ABSENT
    return text if len(text) == 1 else ABSENT


def jis0208():
    """Pointers as Shift_JIS numbers them; cp932 has the NEC and IBM extensions of the standard."""
    table = []
    for pointer in range(60 * 188):
        lead, trail = divmod(pointer, 188)
        lead += 0x81 if lead < 0x1F else 0xC1
        trail += 0x40 if trail < 0x3F else 0x41
        # 8836...10715 are the end-user defined characters, which the decoder computes.
        character = decoded((lead, trail), "cp932")
        table.append(ABSENT if 8836 <= pointer <= 10715 else character)
    return table


OVERRIDES_JIS0212 = {0xA2B7: "～"}


def jis0212():
    table = []
    for lead in range(0xA1, 0xFF):
        for trail in range(0xA1, 0xFF):
            character = decoded((0x8F, lead, trail), "euc_jp")
            table.append(OVERRIDES_JIS0212.get(lead << 8 | trail, character))
    return table


def euc_kr():
    return [
        decoded((lead, trail), "cp949") for lead in range(0x81, 0xFF) for trail in range(0x41, 0xFF)
    ]


# The standard follows GB 18030-2022 where Python follows the edition of 2000.
OVERRIDES_GB18030 = {
    0xA3A0: "\u3000",
    **dict(zip(range(0xA6D9, 0xA6E0), "︐︒︑︓︔︕︖")),
    0xA6EC: "︗",
    0xA6ED: "︘",
    0xA6F3: "︙",
    0xA8BC: "ḿ",
    0xFE59: "龴",
    0xFE61: "龵",
    0xFE66: "龶",
    0xFE67: "龷",
    0xFE6D: "龸",
    0xFE7E: "龹",
    0xFE90: "龺",
    0xFEA0: "龻",
}


def gb18030():
    table = []
    for lead in range(0x81, 0xFF):
        for trail in [*range(0x40, 0x7F), *range(0x80, 0xFF)]:
            character = decoded((lead, trail), "gb18030")
            table.append(OVERRIDES_GB18030.get(lead << 8 | trail, character))
    return table


def gb18030_ranges():
    """Starts of the runs of four-byte sequences below U+10000: (pointer, code point)."""
    ranges, expected = [], None
    for pointer in range(39420):
        rest, fourth = divmod(pointer, 10)
        rest, third = divmod(rest, 126)
        first, second = divmod(rest, 10)
        sequence = (first + 0x81, second + 0x30, third + 0x81, fourth + 0x30)
        code_point = ord(decoded(sequence, "gb18030"))
        if code_point != expected:
            ranges.append((pointer, code_point))
        expected = code_point + 1
    return ranges


# Python's big5hkscs has HKSCS-2004. The standard adds HKSCS-2008 (lead 0x87) ...
BIG5_HKSCS_2008 = (
    "㡵𡵓𣚞𦀡㻬",  # 877A...877E
    "𥣞㫵竼龗𤅡𨤍𣇪𠪊𣉞䌊蒄龖鐯䤰蘓墖靊鈘秐稲晠権袝瑌篅枂稬剏遆㓦珄"  # 87A1...
    "𥶹瓆鿇垳䤯呌䄱𣚎堘穲𧭥讏䚮𦺈䆁𥶙箮𢒼鿈𢓁𢓉𢓌鿉蔄𣖻䂴鿊䓡𪷿拁灮鿋",
)

# ... keeps the sequences that later editions of HKSCS unified with a character of Big5 ...
BIG5_UNIFIED = """
8E69箸 8E6F簆 8E7E糎 8EAB緒 8EB4縝 8ECD者 8ED0耨 8F57菁 8F69蒨 8F6E萏 8FCB覦 8FCC覩 8FFE起 906D都 907A銹
90DC靜 90F1響 91BF鼖 9244蔃 92AF兙 92B0兛 92B1兝 92B2兞 92C8鍮 92D1瑹 9447浧 94CA禛 95D9邗 9644靝 96ED瀞
96FC嬨 9B76爁 9B78矗 9B7B纇 9BC6駖 9BDE釔 9BEC惞 9BF6澶 9C42輶 9C53侻 9C62營 9C68鄄 9C6B鷰 9C77菏 9CBC尐
9CBD秣 9CD0婧 9D57輋 9D5A筑 9DC4拐 9EA9恢 9EEF痹 9EFD汊 9F60鬮 9F66鼗 9FCB僭 9FD8弌 A063蠏 A077拎 A0D5瑨
A0DF煢 A0E4牐 FA5F倩 FA66偽 FABD包 FAC5卄 FAD5卿 FB48嘅 FBB8婷 FBF3幵 FBF9廐 FC4F彘 FC6C悤 FCB9撐 FCE2晴
FCF1杞 FDB7沜 FDB8渝 FDBB港 FDF1煮 FE52猪 FE6F瑜 FEAA瓩 FEDD砉
"""

# ... and takes Big5-ETEN's characters here.
OVERRIDES_BIG5 = {
    **dict(zip([*range(0x877A, 0x877F), *range(0x87A1, 0x87E0)], "".join(BIG5_HKSCS_2008))),
    **{int(fact[:4], 16): fact[4:] for fact in BIG5_UNIFIED.split()},
    **{0xA3C0 + picture: chr(0x2400 + picture) for picture in range(0x20)},
    0xA3E0: "\u2421",
    0xC6CF: "廴",
    0xC6D3: "无",
    0xC6D5: "癶",
    0xC6D7: "隶",
    0xC6DE: "〃",
    0xC6DF: "仝",
}


def big5():
    table = []
    for lead in range(0x81, 0xFF):
        # Punctuation and symbols as Windows has them.
        codec = "cp950" if lead in (0xA1, 0xA2, 0xA3) else "big5hkscs"
        for trail in [*range(0x40, 0x7F), *range(0xA1, 0xFF)]:
            character = decoded((lead, trail), codec)
            table.append(OVERRIDES_BIG5.get(lead << 8 | trail, character))
    return table


# --- C --------------------------------------------------------------------------------------------

HEAD = """\
// Made by Tools/make_encoding_tables.py; change that, not this.
#include "encoding_tables.h"
"""


def escaped(character):
    """`character` as it stands in a C string literal."""
    code_point = ord(character)
    if code_point < 0xA0:
        return f"\\x{code_point:x}"
    # Letters and ideographs can be read; marks, spaces and private characters cannot.
    if character == ABSENT or unicodedata.category(character) in ("Lo", "Lu", "Ll"):
        if unicodedata.bidirectional(character) not in ("R", "AL"):
            return character
    return f"\\u{code_point:04x}" if code_point < 0x10000 else f"\\U{code_point:08x}"


def literal(table, prefix):
    lines, line = [], ""
    for character in table:
        line += escaped(character)
        if len(line) >= 80:
            lines.append(line)
            line = ""
    lines.append(line)
    return "\n".join(f'    {prefix}"{each}"' for each in lines)


def write(folder, name, body):
    (folder / f"index_{name}.c").write_text(HEAD + body, encoding="utf-8")


def main():
    folder = Path(sys.argv[1])
    tables = {
        "jis0208": jis0208(), "jis0212": jis0212(), "euc_kr": euc_kr(), "gb18030": gb18030(),
    }
    for name, table in tables.items():
        body = f"\nconst uint16_t winnow_index_{name}[] =\n{literal(table, 'u')};\n"
        write(folder, name, body)
    write(folder, "big5", f"\nconst uint32_t winnow_index_big5[] =\n{literal(big5(), 'U')};\n")

    rows = "".join(
        f"    // {name}\n{literal(single_byte(name, codec), 'u')}\n" for name, codec in SINGLE_BYTE
    )
    write(folder, "single_byte", f"\nconst uint16_t winnow_index_single_byte[] =\n{rows};\n")

    pairs = "".join(f"    {{{pointer}, 0x{start:04x}}},\n" for pointer, start in gb18030_ranges())
    count = "const int winnow_gb18030_range_count ="
    count += "\n    sizeof winnow_gb18030_ranges / sizeof winnow_gb18030_ranges[0];\n"
    write(
        folder, "gb18030_ranges",
        f"\nconst struct winnow_gb18030_range winnow_gb18030_ranges[] = {{\n{pairs}}};\n{count}",
    )


if __name__ == "__main__":
    main()
