"""Which blocks of a page are its main content: labels by alignment with the reference text.

The choices, each of which was measured (docs/quality.md):

* A block's word trigrams are looked up among those of the reference text, as a multiset. A block of
  three or more words is content when at least COVERAGE of its words stand in a trigram found there.
* Blocks claim trigrams in the order of their context (how much of the text around them stands in
  the reference), then of the page: where a text stands twice on the page and once in the reference,
  the copy among other content wins.
* A block of one or two words is content when it is a whole line of the reference, or stands in the
  reference and both its decided neighbours are content.
* Pages whose reference is empty, and pages of which the chosen blocks cover less than half of the
  reference, are not used for training.
"""
import collections
import re

# As the scorer counts: a Han or kana character is a word of its own.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")

COVERAGE = 0.5
# Blocks on either side that make the context of a block.
CONTEXT = 6


def words(text):
    return WORD.findall(text.lower())


def trigrams(tokens):
    return list(zip(tokens, tokens[1:], tokens[2:]))


def coverage(tokens, available):
    """The share of the words that stand in an available trigram."""
    if len(tokens) < 3:
        return 0.0
    covered = bytearray(len(tokens))
    used = collections.Counter()
    for index, gram in enumerate(trigrams(tokens)):
        if available[gram] > used[gram]:
            used[gram] += 1
            covered[index] = covered[index + 1] = covered[index + 2] = 1
    return sum(covered) / len(tokens)


def claim(tokens, available):
    for gram in trigrams(tokens):
        if available[gram] > 0:
            available[gram] -= 1


def label(blocks, reference):
    """A list of 0 and 1, one for each of the blocks' word lists."""
    reference_words = words(reference)
    available = collections.Counter(trigrams(reference_words))
    lines = collections.Counter(tuple(words(line)) for line in reference.split("\n"))
    first = [coverage(tokens, available) for tokens in blocks]
    weight = [len(tokens) for tokens in blocks]
    # Context: share of the words around that stand in the reference.
    context = []
    for index in range(len(blocks)):
        around = range(max(0, index - CONTEXT), min(len(blocks), index + CONTEXT + 1))
        total = sum(weight[i] for i in around if i != index) or 1
        context.append(sum(weight[i] * first[i] for i in around if i != index) / total)
    labels = [0] * len(blocks)
    decided = [False] * len(blocks)
    for index in sorted(range(len(blocks)), key=lambda i: (-round(context[i], 1), i)):
        if len(blocks[index]) < 3:
            continue
        decided[index] = True
        if first[index] >= COVERAGE and coverage(blocks[index], available) >= COVERAGE:
            labels[index] = 1
            claim(blocks[index], available)
            lines[tuple(blocks[index])] -= 1
    singles = collections.Counter(reference_words)
    for index, tokens in enumerate(blocks):
        if labels[index]:
            singles.subtract(tokens)
    order = sorted((i for i in range(len(blocks)) if not decided[i]),
                   key=lambda i: (-round(context[i], 1), i))
    for index in order:
        tokens = blocks[index]
        if not tokens:
            labels[index] = -1
            continue
        left = next((labels[i] for i in range(index - 1, -1, -1) if decided[i]), 0)
        right = next((labels[i] for i in range(index + 1, len(blocks)) if decided[i]), 0)
        whole = lines[tuple(tokens)] > 0
        inside = all(singles[token] > 0 for token in tokens)
        if (whole and (left or right or context[index] > 0.3)) or (inside and left and right):
            labels[index] = 1
            lines[tuple(tokens)] -= 1
            singles.subtract(tokens)
    return [max(0, value) for value in labels]
