"""Validates documents in TEI against TEI All, with libxml2's RELAX NG validator (lxml).

Cleans the pages of some folders, as content and whole, and the rendered examples of the CommonMark
specification, which hold every construct that Markdown has; prints how many documents are valid, and
what is wrong with the first that are not.

    python check_tei.py --winnow .build/release/winnow --schema tei_all.rng \\
      [--examples commonmark.json] [--most 300] FOLDER...
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

from lxml import etree


def clean(winnow, folder, scope, most, scratch):
    """The TEI documents of a folder's pages, by path."""
    names = sorted(
        os.path.join(place, name) for place, _, names in os.walk(folder) for name in names)
    paths = os.path.join(scratch, "paths")
    step = max(len(names) // most, 1)
    with open(paths, "w", encoding="utf-8") as file:
        file.write("\n".join(os.path.abspath(each) for each in names[::step]))
    output = os.path.join(scratch, "out")
    configuration = os.path.join(scratch, "pipeline.json")
    with open(configuration, "w", encoding="utf-8") as file:
        json.dump({"stages": [
            {"stage": "fetch", "input": [os.path.abspath(folder)]},
            {"stage": "strip", "scope": scope, "images": True, "captions": True, "comments": True,
             "title": True, "byline": True, "residue": {"mode": "mark"}},
            {"stage": "normalize"},
            {"stage": "emit", "output": output, "formats": ["tei"]}]}, file)
    subprocess.run(
        [winnow, "run", "--quiet", "--files-from", paths, configuration],
        stderr=subprocess.DEVNULL, check=False)
    for place, folders, names in os.walk(output):
        folders[:] = [each for each in folders if each != ".winnow"]
        for name in names:
            if name.endswith(".xml"):
                yield os.path.join(place, name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--schema", required=True)
    parser.add_argument("--examples")
    parser.add_argument("--most", type=int, default=300, help="pages of a folder")
    parser.add_argument("folders", nargs="+")
    arguments = parser.parse_args()
    schema = etree.RelaxNG(etree.parse(arguments.schema))
    failed = 0
    with tempfile.TemporaryDirectory(prefix="winnow-tei-") as pages:
        folders = [(each, each) for each in arguments.folders]
        if arguments.examples:
            with open(arguments.examples, encoding="utf-8") as file:
                for example in json.load(file):
                    path = os.path.join(pages, f"{example['example']}.html")
                    with open(path, "w", encoding="utf-8") as page:
                        page.write(
                            f"<!DOCTYPE html><meta charset=utf-8><title>t</title>{example['html']}")
            folders.append(("CommonMark examples", pages))
        for name, folder in folders:
            for scope in ("content", "whole"):
                with tempfile.TemporaryDirectory(prefix="winnow-tei-") as scratch:
                    valid = empty = wrong = 0
                    for path in clean(
                            os.path.abspath(arguments.winnow), folder, scope, arguments.most, scratch):
                        if os.path.getsize(path) == 0:
                            empty += 1
                            continue
                        try:
                            isValid = schema.validate(etree.parse(path))
                            problem = schema.error_log.last_error
                        except etree.XMLSyntaxError as error:
                            isValid, problem = False, error
                        valid += isValid
                        wrong += not isValid
                        if not isValid and wrong <= 5:
                            print(f"{path}: {problem}")
                    failed += wrong
                    print(f"{name}, {scope}: {valid} valid, {wrong} not, {empty} empty")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
