#!/usr/bin/env python3
"""Does the time of a page grow with its bytes and no faster?

    growth.py --bench WINNOW_BENCH [--rounds N] [--json]

Extracts pages of 0.1, 1, 10 and 50 MB, built by repetition of plain parts, and pages that are made to
hurt a parser, each on one thread, and prints CPU nanoseconds a byte.  Of the plain ones the largest
may cost 1.5 times as much a byte as the smallest; none may go beyond the budget of 2 s by more than
what follows the parse.  Standard library only.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile

MEGABYTE = 10**6
SIZES = (MEGABYTE // 10, MEGABYTE, 10 * MEGABYTE, 50 * MEGABYTE)
ALLOWED_GROWTH = 1.5
BUDGET = 2.0

PARAGRAPH = ("<p>The lake lies an hour north of the town, and {0} paths lead around it, of which the "
             "one <a href='/walk/{0}'>by the mill</a> is the shortest. In spring it floods.</p>\n")
CARD = ("<div class='card'><h3><a href='/item/{0}'>Item {0}</a></h3><img src='{0}.jpg' alt=''>"
        "<span class=price>{0}.00</span><p>Made of oak, and oiled by hand.</p></div>\n")
ROW = "<tr><td>{0}</td><td>Station {0}</td><td>14.{0}</td></tr>\n"

# What is repeated, and what stands around it.
PLAIN = {
    "article": ("<article>", PARAGRAPH, "</article>"),
    "shop": ("<main>", CARD, "</main>"),
    "table": ("<table>", ROW, "</table>"),
    "script": ("<p>One line.</p><script>", "var item{0} = [1, 2, '<b>', {0}];\n", "</script>"),
}


def plain(kind, size):
    start, part, end = PLAIN[kind]
    pieces, length = ["<!DOCTYPE html><html><head><title>A page</title></head><body>", start], 0
    number = 0
    while length < size:
        piece = part.format(number)
        pieces.append(piece)
        length += len(piece)
        number += 1
    return "".join(pieces) + end + "</body></html>"


HOSTILE = {
    "1,000,000 nested div": lambda: "<div>" * 1_000_000,
    "150,000 nested tables": lambda: "<table><tr><td>" * 150_000,
    "200,000 open div, as many stray end tags":
        lambda: "<div>" * 200_000 + "</b>" * 200_000,
    "1,000,000 attributes": lambda: "<p " + " ".join(f"a{n}" for n in range(1_000_000)) + ">",
    "1,000,000 times one attribute": lambda: "<p " + "a=b " * 1_000_000 + ">",
    "a value of 20 MB": lambda: "<p class=\"" + "a " * 10_000_000 + "\">",
    "50 MB of text": lambda: "<p>" + "text is " * 6_250_000,
    "20 MB of script": lambda: "<script>" + "var i=0;" * 2_500_000 + "</script>",
    "1,000,000 comments": lambda: "<!--a-->" * 1_000_000,
    "200,000 comments never closed": lambda: "<!-- " * 200_000,
    "1,000,000 times </p>": lambda: "</p>" * 1_000_000,
    "1,000,000 times <p>x": lambda: "<p>x" * 1_000_000,
    "1,000,000 times <br>": lambda: "<br> \n" * 1_000_000,
    "300,000 ids": lambda: "".join(f"<p id=n{n}>" for n in range(300_000)),
    "100,000 links and paragraphs misnested": lambda: "<a><font><p></a>x" * 100_000,
    "1,000,000 ampersands": lambda: "&" * 1_000_000,
    "500,000 unknown references": lambda: "&zz;" * 500_000,
    "1,000,000 times <": lambda: "< " * 1_000_000,
    "a tag name of 1 MB": lambda: "<" + "a" * 1_000_000 + ">",
}


def seconds(bench, path, rounds):
    answer = subprocess.run([str(bench), "total", str(rounds)], check=True, text=True,
                            input=f"{path}\n", capture_output=True).stdout
    return statistics.median(json.loads(answer)["rounds"])


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "page.html")

        def add(name, html):
            data = html.encode()
            path.write_bytes(data)
            taken = seconds(arguments.bench, path, arguments.rounds)
            rows.append({"page": name, "bytes": len(data), "seconds": taken,
                         "nanoseconds_per_byte": taken / len(data) * 1e9})

        for kind in PLAIN:
            for size in SIZES:
                add(f"{kind}, {size / MEGABYTE:g} MB", plain(kind, size))
        for name, html in HOSTILE.items():
            add(name, "<p>x</p>" + html() + "<p>The end.</p>")
    growth = {kind: rows[at * len(SIZES) + len(SIZES) - 1]["nanoseconds_per_byte"]
              / rows[at * len(SIZES)]["nanoseconds_per_byte"] for at, kind in enumerate(PLAIN)}
    slow = [row["page"] for row in rows if row["seconds"] > BUDGET]
    if arguments.json:
        print(json.dumps({"pages": rows, "growth": growth, "slow": slow}))
    else:
        for row in rows:
            print(f"{row['page']:<44}{row['bytes'] / MEGABYTE:>8.1f} MB{row['seconds']:>9.3f} s"
                  f"{row['nanoseconds_per_byte']:>9.1f} ns/byte")
        for kind, times in growth.items():
            print(f"{kind}: x{times:.2f} a byte from {SIZES[0] / MEGABYTE:g} to "
                  f"{SIZES[-1] / MEGABYTE:g} MB")
        print(f"over {BUDGET:g} s: {', '.join(slow) or 'none'}")
    raise SystemExit(1 if slow or max(growth.values()) > ALLOWED_GROWTH else 0)


if __name__ == "__main__":
    main()
