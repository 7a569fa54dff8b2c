#!/usr/bin/env python3
"""Writes Sources/Winnow/Text/HTMLEntityTable.swift from Python's html.entities.html5.

Usage: python3 Tools/make_entity_table.py   (from the root of the repository)
"""

import html.entities
import pathlib
import textwrap

OUTPUT = pathlib.Path("Sources/Winnow/Text/HTMLEntityTable.swift")
# Bits of a packed value that hold the first scalar; the rest number the second.
SCALAR_BITS = 21


def lines(items, width=96, indent="    "):
    return textwrap.fill(
        ", ".join(items), width=width, initial_indent=indent, subsequent_indent=indent
    )


def main():
    names = sorted(html.entities.html5, key=lambda name: name.encode("ascii"))
    seconds = sorted({ord(v[1]) for v in html.entities.html5.values() if len(v) == 2})
    offsets, values, at = [], [], 0
    for name in names:
        text = html.entities.html5[name]
        second = seconds.index(ord(text[1])) + 1 if len(text) == 2 else 0
        values.append(ord(text[0]) | second << SCALAR_BITS)
        offsets.append(at)
        at += len(name)
    offsets.append(at)
    firsts = [
        next((i for i, n in enumerate(names) if n.encode()[0] >= byte), len(names))
        for byte in range(129)
    ]
    blob = "".join(names)
    chunks = [blob[i : i + 90] for i in range(0, len(blob), 90)]
    blob_lines = "\n".join("    " + c + ("\\" if c is not chunks[-1] else "") for c in chunks)
    OUTPUT.write_text(
        f"""\
// The named character references of HTML as sorted tables; read by HTMLEntities.swift.
//
// Made by Tools/make_entity_table.py from Python's html.entities.html5; edit that, not this.

// swift-format-ignore-file

/// Every name of the standard, in the order of its bytes, with its semicolon if it has one.
enum HTMLEntityTable {{
  /// The names, one after another, without separators.
  static let names: StaticString = \"\"\"
{blob_lines}
    \"\"\"

  /// Where each name starts in `names`, and where the last one ends.
  static let offsets: [UInt16] = [
{lines([str(o) for o in offsets])},
  ]

  /// The first name that starts with this byte or a greater one; by byte, `0...128`.
  static let firstName: [UInt16] = [
{lines([str(f) for f in firsts])},
  ]

  /// What each name stands for: the first scalar in the low {SCALAR_BITS} bits; above them, one more than
  /// the second one's place in `secondScalars`, or `0` for none.
  static let values: [UInt32] = [
{lines([hex(v) for v in values])},
  ]

  static let secondScalars: [UInt32] = [{", ".join(hex(s) for s in seconds)}]
}}
""",
        encoding="utf-8",
    )
    print(f"{OUTPUT}: {len(names)} names, {len(blob)} bytes")


if __name__ == "__main__":
    main()
