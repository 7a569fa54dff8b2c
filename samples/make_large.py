#!/usr/bin/env python3
"""Writes the sample page of 5 MB and the clean text expected of it.

    samples/make_large.py

Makes samples/pages/large/harbour-log.html.gz (small, because it repeats itself) and
samples/expected/large/harbour-log.html.gz.txt.  Most of the page is what large pages are made of:
an inlined state object, icons, and markup around every entry.  The same bytes come out every time.
Standard library only.
"""
import gzip
import html
import io
import pathlib

BYTES = 5_000_000
DAYS = 420
HERE = pathlib.Path(__file__).resolve().parent
NAME = "large/harbour-log.html.gz"

WINDS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"]
BOATS = ["the Patient Gull", "the Second Thought", "the Oyster Maid", "the Rowan", "the Late Supper",
         "the Widow Blaise", "the Marigold"]
CARGO = ["slate", "barley", "coal", "rope and tar", "four sheep and a piano", "salt", "letters"]
NOTES = ["The harbour master had nothing to add.", "The bell was rung twice for fog.",
         "A seal lay on the slipway until noon.", "Two boys were told to come down from the crane.",
         "The gauge at the steps was scraped and painted."]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December"]


def entries():
    """The log's entries as (heading, paragraph); no two are the same."""
    for day in range(DAYS):
        month, date = day // 28 % 12, day % 28 + 1
        heading = f"{date} {MONTHS[month]} {1904 + day // 336}"
        boat, other = BOATS[day % 7], BOATS[(day * 3 + 1) % 7]
        text = (f"Wind {WINDS[day * 5 % 8]}, force {day * 7 % 9}; glass at {980 + day * 11 % 50} "
                f"millibars. {boat[0].upper()}{boat[1:]} came in on the morning tide with "
                f"{CARGO[day * 2 % 7]} and paid {day * 13 % 40 + 2} shillings. ")
        if other != boat:
            text += f"{other[0].upper()}{other[1:]} cleared for the mainland after dinner. "
        yield heading, text + NOTES[day * 3 % 5]


def page():
    intro = ("This is the log of Tollan harbour as the harbour masters kept it, one entry a day, "
             "copied by volunteers from the three volumes that survived the flood.")
    parts = [f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The log of Tollan harbour | Tollan Archive</title>
<link rel="canonical" href="https://archive.tollan.example/harbour-log">
<meta property="og:title" content="The log of Tollan harbour">
<meta property="og:site_name" content="Tollan Archive">
</head>
<body>
<header class="site-header"><a href="/">Tollan Archive</a>
<nav><ul><li><a href="/logs">Logs</a></li><li><a href="/maps">Maps</a></li><li><a href="/help">Help</a></li></ul></nav></header>
<main><article class="transcript">
<h1>The log of Tollan harbour</h1>
<p>{intro}</p>
"""]
    text = [intro]
    icon = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="' + "M2 12l4-4v3h12v2H6v3z" * 12 + '"/></svg>'
    for number, (heading, paragraph) in enumerate(entries()):
        text += [heading, paragraph]
        parts.append(
            f'<section class="entry" id="entry-{number}" data-entry="{number}">{icon}'
            f'<h2 class="entry__heading entry__heading--date">{heading}</h2>\n'
            f'<p class="entry__text entry__text--transcribed" data-source="volume-1">{html.escape(paragraph)}</p>'
            f'<button type="button" class="entry__report">Report a mistake</button></section>\n')
    closing = ("</article></main>\n<footer><a href=\"/about\">About the archive</a> "
               "<a href=\"/privacy\">Privacy</a></footer>\n</body>\n</html>\n")
    size = sum(len(part.encode()) for part in parts) + len(closing)
    row = '{"id":%d,"kind":"tile","seen":false,"cache":"' + "<p>not shown</p>" * 40 + '"},'
    rows, number = [], 0
    while size < BYTES:
        rows.append(row % number)
        size += len(rows[-1])
        number += 1
    parts.append("</article></main>\n<script>window.__TILES__=[" + "".join(rows) + "null];</script>\n")
    parts.append(closing.replace("</article></main>\n", ""))
    return "".join(parts), "\n\n".join(text) + "\n"


def main():
    markup, text = page()
    packed = io.BytesIO()
    # No name and no time in the header, so that the file does not change from run to run.
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as out:
        out.write(markup.encode())
    for path, data in ((HERE / "pages" / NAME, packed.getvalue()),
                       (HERE / "expected" / (NAME + ".txt"), text.encode())):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"{path.relative_to(HERE)}: {len(data)} bytes")
    print(f"the page: {len(markup.encode())} bytes")


if __name__ == "__main__":
    main()
