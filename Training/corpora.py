"""The corpora as the trainer sees them: pages with blocks, features, labels and weights."""
import gzip
import json
import multiprocessing
import pathlib
import subprocess

import numpy

import labels

# Blocks this near to content are always trained on; of the others one in three, with three times
# the weight. It halves the time and changed no figure by more than its noise.
NEAR = 12
SHARE = 0.34
# Lists of tokens a block has, as in SequenceInput.swift.
GROUPS = 8
SEED = 7


class Corpus:
    """One corpus: its truth, and for each page its blocks and rows of features."""

    def __init__(self, folder, tool, work):
        self.folder = pathlib.Path(folder)
        self.name = self.folder.name
        self.truth = {}
        for line in (self.folder / "truth.jsonl").open(encoding="utf-8"):
            page = json.loads(line)
            self.truth[page["id"]] = page
        self.work = work / self.name
        self.work.mkdir(parents=True, exist_ok=True)
        self.list = self.work / "pages.tsv"
        with self.list.open("w") as listing:
            for key, page in self.truth.items():
                path = self.work / f"{key}.html"
                if not path.exists():
                    path.write_bytes(gzip.decompress((self.folder / "html" / f"{key}.html.gz").read_bytes()))
                listing.write(f"{key}\t{page['url'] or ''}\t{path}\n")
        self.tool = tool

    def read_features(self, width):
        rows, blocks, tokens = (self.work / name for name in ("rows.f32", "blocks.tsv", "tokens.u32"))
        with self.list.open() as listing:
            subprocess.run([self.tool, "features", rows, blocks, tokens], stdin=listing, check=True)
        self.rows = numpy.memmap(rows, dtype=numpy.float32, mode="r").reshape(-1, width)
        self.pages = []
        start = 0
        with blocks.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                key, count = line.rstrip("\n").split("\t")
                texts, words = [], []
                for _ in range(int(count)):
                    tag, node, size, text = next(lines).rstrip("\n").split("\t", 3)
                    texts.append(text)
                    words.append(int(size))
                self.pages.append({"id": key, "texts": texts, "words": numpy.array(words, dtype=float),
                                   "rows": slice(start, start + len(texts))})
                start += len(texts)
        assert start == len(self.rows), "rows and blocks differ"
        self.read_tokens(numpy.fromfile(tokens, dtype=numpy.uint32))

    def read_tokens(self, numbers):
        """Each page's lists of tokens, and the eight lists of each of its blocks."""
        at = 0
        for page in self.pages:
            blocks, count = int(numbers[at]), int(numbers[at + 1])
            assert blocks == len(page["texts"]), "tokens and blocks differ"
            at += 2
            page["lists"] = []
            for _ in range(count):
                size = int(numbers[at])
                page["lists"].append(numbers[at + 1:at + 1 + size])
                at += 1 + size
            page["places"] = numbers[at:at + GROUPS * blocks].reshape(blocks, GROUPS)
            at += GROUPS * blocks
        assert at == len(numbers), "tokens are left over"

    def read_labels(self):
        jobs = [(page["texts"], self.truth[page["id"]]["text"]) for page in self.pages]
        with multiprocessing.Pool() as pool:
            for page, (found, share) in zip(self.pages, pool.map(label_page, jobs, chunksize=8)):
                page["labels"], page["covered"] = numpy.array(found), share

    def is_for_training(self, page, fold):
        """References that are empty, or hardly found on the page, teach nothing."""
        truth = self.truth[page["id"]]
        return truth["fold"] != fold and bool(truth["text"]) and page["covered"] >= 0.5

    def training_rows(self, fold, columns):
        """Rows, labels and weights of all pages that are fit for training and not in `fold`.

        Each page weighs the same; within it a block weighs the square root of its words."""
        random = numpy.random.default_rng(SEED)
        for page in self.pages:
            count = len(page["texts"])
            chance = random.random(count)
            if not self.is_for_training(page, fold):
                continue
            near = numpy.zeros(count, dtype=bool)
            for index in numpy.nonzero(page["labels"])[0]:
                near[max(0, index - NEAR):index + NEAR + 1] = True
            weight = numpy.sqrt(page["words"] + 0.3)
            weight *= 100 / weight.sum()
            weight[~near] /= SHARE
            taken = near | (chance < SHARE)
            rows = self.rows[page["rows"]]
            yield rows[taken][:, columns], page["labels"][taken], weight[taken]


class Samples(Corpus):
    """The sample pages: no truth."""

    def __init__(self, folder, tool, work):
        self.tool = tool
        self.work = work / "samples"
        self.work.mkdir(parents=True, exist_ok=True)
        self.list = self.work / "pages.tsv"
        pages = sorted(folder.rglob("*.html"))
        self.list.write_text("".join(f"{page.relative_to(folder)}\t\t{page}\n" for page in pages))


def label_page(job):
    texts, reference = job
    blocks = [labels.words(text) for text in texts]
    found = labels.label(blocks, reference)
    kept = sum(len(block) for block, label in zip(blocks, found) if label)
    return found, kept / max(1, len(labels.words(reference)))
