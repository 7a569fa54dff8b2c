"""How much of a page survives the way into Markdown and back.

The examples of the CommonMark specification are rendered to HTML; each page is converted to
Markdown, by Winnow (`clean --whole`) and by its peers; that is rendered again. An example counts as
kept when both renderings show the same.

"The same" is the tree that a browser would build (html5lib), with
- white space collapsed outside `pre`;
- comments, scripts and styles left out, and elements with nothing in them, for they show nothing;
- an `em` in an `em` looked through, and so `strong`: it shows no more than the outer one;
- elements that Markdown has no form for (`div`, `span`, unknown names) looked through, and text that
  stands directly in them, in a quote or in the body taken as a paragraph;
- of the attributes only those that Markdown can say: href, src, alt, title, start, the language of
  code. Addresses are compared with their escapes decoded, titles with their white space collapsed.
Whether the items of a list hold paragraphs counts. Examples that show nothing are left out.

    python fidelity.py --winnow .build/release/winnow EXAMPLES.json
"""
import argparse
import concurrent.futures
import json
import re
import subprocess
import sys
from urllib.parse import unquote

import html2text
import html5lib
import markdownify
import trafilatura
from markdown_it import MarkdownIt

BLOCKS = {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "p",
          "table", "thead", "tbody", "tr", "td", "th"}
# Looked through, but the text around them does not run into theirs.
BOUNDARIES = {"div", "section", "article", "aside", "nav", "main", "header", "footer", "form", "dl",
              "dt", "dd", "details", "summary", "figure", "figcaption", "address", "fieldset",
              "center", "body", "html", "caption", "tfoot", "dialog", "menu", "hgroup"}
INLINE = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "a": "a", "img": "img",
          "br": "br", "code": "code", "del": "del", "s": "del", "sub": "sub", "sup": "sup"}
UNSEEN = {"script", "style", "head", "title", "template", "textarea"}
ATTRIBUTES = {"a": ("href", "title"), "img": ("src", "alt", "title"), "ol": ("start",)}


def name(node):
    return node.tag if isinstance(node.tag, str) else None


def attributes(node, tag):
    found = []
    for key in ATTRIBUTES.get(tag, ()):
        value = node.get(key)
        if value is None and (tag, key) == ("img", "alt"):
            value = ""
        if value is None or (tag, key, value) == ("ol", "start", "1"):
            continue
        if key in ("href", "src"):
            value = unquote(value)
        elif key == "title":
            value = " ".join(value.split())
        found.append((key, value))
    return tuple(found)


class Inline:
    """A run of text with its marks, as a flat list."""

    def __init__(self):
        self.tokens = []

    def text(self, text):
        text = re.sub(r"[ \t\n\r\f]+", " ", text or "")
        if text and self.tokens and isinstance(self.tokens[-1], str):
            text = self.tokens.pop() + text
        if text:
            self.tokens.append(re.sub(" +", " ", text))

    def node(self, node, inside=()):
        tag = name(node)
        if tag is None or tag in UNSEEN:
            return
        known = INLINE.get(tag)
        if known in ("em", "strong") and known in inside:
            known = None
        if known in ("br", "img"):
            self.tokens.append((known, attributes(node, known)))
            return
        if known:
            self.tokens.append((known, attributes(node, known)))
        self.text(node.text)
        for child in node:
            self.node(child, inside + (known,))
            self.text(child.tail)
        if known:
            self.tokens.append(("/" + known, ()))

    def result(self):
        """Without spaces where none shows: at the ends, beside line breaks, doubled by marks."""
        tokens, space = without_empty(self.tokens), True
        tokens, rest = [], tokens
        for token in rest:
            if isinstance(token, str):
                if space:
                    token = token.lstrip(" ")
                if not token:
                    continue
                space = token.endswith(" ")
            elif token[0] == "br":
                trim(tokens)
                space = True
            elif token[0] in ("img",):
                space = False
            tokens.append(token)
        trim(tokens)
        while tokens and tokens[-1] == ("br", ()):
            tokens.pop()
            trim(tokens)
        return tuple(tokens)


def without_empty(tokens):
    kept = []
    for token in tokens:
        if isinstance(token, tuple) and token[0].startswith("/") and kept \
                and isinstance(kept[-1], tuple) and "/" + kept[-1][0] == token[0]:
            kept.pop()
        else:
            kept.append(token)
    return kept


def trim(tokens):
    at = len(tokens) - 1
    while at >= 0 and isinstance(tokens[at], tuple) and tokens[at][0].startswith("/"):
        at -= 1
    if at >= 0 and isinstance(tokens[at], str):
        tokens[at] = tokens[at].rstrip(" ")
        if not tokens[at]:
            tokens.pop(at)


def blocks(node, in_item=False):
    found, run = [], Inline()

    def end():
        nonlocal run
        tokens = run.result()
        run = Inline()
        if tokens:
            found.append(("text" if in_item else "p", (), tokens))

    def holds_block(element):
        return any(name(each) in BLOCKS | BOUNDARIES for each in element.iter())

    def visit(children_of):
        run.text(children_of.text)
        for child in children_of:
            tag = name(child)
            if tag in UNSEEN or tag is None:
                pass
            elif tag == "p":
                end()
                for each in blocks(child):
                    found.append(each)
            elif re.fullmatch("h[1-6]", tag):
                end()
                inline = Inline()
                inline.node(child)
                if inline.result():
                    found.append((tag, (), inline.result()))
            elif tag == "pre":
                end()
                text = "".join(child.itertext())
                code = child.find("code")
                language = re.search(r"language-(\S+)", (code.get("class") or "")) if code is not None else None
                # The last line feed is the fence's.
                if text.strip():
                    found.append(("pre", language.group(1) if language else "",
                                  text.removesuffix("\n")))
            elif tag == "hr":
                end()
                found.append(("hr", (), ()))
            elif tag in ("td", "th", "thead", "tbody", "tr", "table") and not is_data(child):
                end()
                visit(child)
                end()
            elif tag in BLOCKS:
                end()
                inner = tuple(blocks(child, tag == "li"))
                if inner or tag != "blockquote":
                    found.append((tag, attributes(child, tag), inner))
            elif tag in BOUNDARIES:
                end()
                visit(child)
                end()
            elif tag not in INLINE and holds_block(child) or holds_block(child):
                visit(child)
            else:
                run.node(child)
            run.text(child.tail)

    visit(node)
    end()
    return found


def is_data(node):
    """Markdown has tables of several columns; others lay out."""
    while node is not None and name(node) != "table":
        node = PARENTS.get(node)
    return node is not None and any(
        len([each for each in row if name(each) in ("td", "th")]) > 1 for row in node.iter("tr"))


PARENTS = {}


def shown(html):
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    PARENTS.clear()
    PARENTS.update({child: parent for parent in tree.iter() for child in parent})
    return tuple(blocks(tree.find("body")))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--show", action="store_true", help="print what Winnow did not keep")
    parser.add_argument("examples")
    arguments = parser.parse_args()
    with open(arguments.examples, encoding="utf-8") as file:
        examples = json.load(file)
    renderer = MarkdownIt("commonmark").enable("table").enable("strikethrough")

    def winnow(page):
        command = [arguments.winnow, "clean", "--whole", "--no-front-matter", "--format", "markdown", "-"]
        ran = subprocess.run(command, input=page.encode(), capture_output=True, timeout=60)
        return ran.stdout.decode()

    def html_to_text(page):
        converter = html2text.HTML2Text(bodywidth=0)
        return converter.handle(page)

    tools = {
        "winnow clean --whole": winnow,
        "html2text": html_to_text,
        "markdownify": lambda page: markdownify.markdownify(page, heading_style="ATX"),
        "trafilatura": lambda page: trafilatura.extract(
            page, output_format="markdown", include_links=True, include_images=True,
            include_formatting=True, include_tables=True, favor_recall=True) or "",
    }
    pages = []
    for example in examples:
        page = f"<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>{example['html']}</body></html>"
        expected = shown(page)
        if expected:
            pages.append((example, page, expected))
    print(f"{len(examples)} examples, {len(pages)} that show something")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for tool, convert in tools.items():
            results = list(pool.map(lambda each: convert(each[1]), pages))
            kept = 0
            for (example, page, expected), markdown in zip(pages, results):
                html = renderer.render(markdown)
                got = shown(html)
                if got == expected:
                    kept += 1
                elif arguments.show and tool.startswith("winnow"):
                    print(f"--- {example['example']} {example['section']}\n{example['html']}"
                          f"=> {markdown!r}\n{expected}\n{got}")
            print(f"{tool:22} {kept:4} kept  {100 * kept / len(pages):5.1f}%")
    return 0


if __name__ == "__main__":
    sys.exit(main())
