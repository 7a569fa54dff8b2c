"""A small network over hashed features of lines: fitting, rounding to bytes, its tables.

One hidden layer; above it one output for text and one for each kind of residue. The features come from
`winnow-training residue`, the same code that the extractor runs.

Fitted by Adam (Kingma and Ba, ICLR 2015) in few rounds with half of the features of each line left out
at random: both keep it from learning whole wordings by heart. The weights are the mean of those after each
of the last rounds (Izmailov et al., UAI 2018). What was compared is in docs/quality.md.
"""
import os
import struct
import subprocess

# The order of sums must not depend on how many cores a machine has.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy
from scipy import sparse

# As in ResidueFeatures, ResidueModel and ResidueKind.
FORM = 512
UNITS = 32
KINDS = ["subscribe", "follow", "comments", "login", "cookies", "paywall", "advertisement", "related",
         "tags", "form", "tools", "credit", "markup", "phrase"]
# Of these, what is learned.
LEARNED = KINDS[:12]
BUCKETS = 1 << 17
ROUNDS = 20
# Of these, the last whose weights are averaged.
AVERAGED = 6
BATCH = 2048
RATE = 0.01
LEFT_OUT = 0.6
SEED = 20


def read_features(tool, texts):
    """(form places, hashes) of each text, from the tool."""
    text = "\n".join(" ".join(each.split()) for each in texts) + "\n"
    out = subprocess.run([str(tool), "residue"], input=text.encode(), stdout=subprocess.PIPE, check=True)
    data = numpy.frombuffer(out.stdout, dtype="<u4")
    rows, at = [], 0
    for _ in texts:
        form, lexical = int(data[at]), int(data[at + 1])
        at += 2
        rows.append((data[at:at + form], data[at + form:at + form + lexical]))
        at += form + lexical
    assert at == len(data)
    return rows


def matrix(rows, buckets=BUCKETS):
    """One row a line: 1 at each place of its form, 1/sqrt(n) at each of its n hashes."""
    pointers, places, values = [0], [], []
    for form, lexical in rows:
        places.append(form.astype(numpy.int64))
        values.append(numpy.ones(len(form), dtype=numpy.float32))
        if len(lexical):
            places.append((lexical.astype(numpy.uint64) * (buckets - FORM) >> 32).astype(numpy.int64) + FORM)
            values.append(numpy.full(len(lexical), 1 / numpy.sqrt(len(lexical)), dtype=numpy.float32))
        pointers.append(pointers[-1] + len(form) + len(lexical))
    result = sparse.csr_matrix(
        (numpy.concatenate(values), numpy.concatenate(places), pointers), shape=(len(rows), buckets))
    result.sum_duplicates()
    return result


def balanced(lines, ratio=2.5, least=0.5, most=12.0):
    """The lines' weights; in each language honest lines weigh `ratio` times as much as residue.

    Without it a language with little prose among the sources would have its common words taken for
    signs of residue. Lines of the corpora, mostly English, count as English.
    """
    labels = numpy.array([line.label for line in lines])
    languages = numpy.array([line.language.replace("?", "en") for line in lines])
    weights = numpy.array([line.weight for line in lines])
    for language in sorted(set(languages)):
        residue, prose = ((languages == language) & (labels == label) for label in (1, 0))
        if residue.any() and prose.any():
            wanted = ratio * weights[residue].sum() / weights[prose].sum()
            weights[prose] *= min(most, max(least, wanted))
            if language == "en":
                # Against the many lines of the corpora.
                weights[residue] *= 2
    return weights


def fit(rows, targets, weights, rounds=ROUNDS, left_out=LEFT_OUT, seed=SEED):
    """(weights, unit biases, output weights, output biases); target 0 is text, others are LEARNED."""
    chance = numpy.random.default_rng(seed)
    outputs = len(LEARNED) + 1
    parameters = [
        (chance.standard_normal((rows.shape[1], UNITS)) * 0.3).astype(numpy.float32),
        numpy.zeros(UNITS, numpy.float32),
        (chance.standard_normal((UNITS, outputs)) * 0.2).astype(numpy.float32),
        numpy.zeros(outputs, numpy.float32)]
    first = [numpy.zeros_like(each) for each in parameters]
    second = [numpy.zeros_like(each) for each in parameters]
    weights = weights / weights.mean()
    steps = rounds * ((len(targets) + BATCH - 1) // BATCH)
    step = 0
    total = [numpy.zeros_like(each) for each in parameters]
    for number in range(rounds):
        order = chance.permutation(len(targets))
        for start in range(0, len(order), BATCH):
            some = order[start:start + BATCH]
            inputs = rows[some]
            kept = chance.random(len(inputs.data), dtype=numpy.float32) >= left_out
            inputs.data = inputs.data * kept / numpy.float32(1 - left_out)
            layer, bias, top, top_bias = parameters
            sums = inputs @ layer + bias
            hidden = numpy.maximum(sums, 0)
            out = hidden @ top + top_bias
            error = numpy.exp(out - out.max(1, keepdims=True))
            error /= error.sum(1, keepdims=True)
            error[numpy.arange(len(some)), targets[some]] -= 1
            error = (error * weights[some][:, None] / len(some)).astype(numpy.float32)
            below = (error @ top.T) * (sums > 0)
            gradients = [numpy.asarray(inputs.T @ below), below.sum(0), hidden.T @ error, error.sum(0)]
            rate = RATE * max(0.05, 1 - step / steps)
            step += 1
            for each, slope, mean, square in zip(parameters, gradients, first, second):
                mean *= 0.9
                mean += 0.1 * slope
                square *= 0.999
                square += 0.001 * slope * slope
                each -= rate * (mean / (1 - 0.9 ** step)) / (numpy.sqrt(square / (1 - 0.999 ** step)) + 1e-8)
        if number >= rounds - AVERAGED:
            for each, mean in zip(parameters, total):
                mean += each / numpy.float32(AVERAGED)
    return total


def rounded(weights):
    """(signed bytes, step); the few largest weights are cut."""
    largest = max(1e-9, float(numpy.quantile(numpy.abs(weights), 0.99995)))
    step = float(numpy.float32(largest / 127))
    return numpy.clip(numpy.rint(weights / step), -127, 127).astype(numpy.int8), step


class Model:
    """Weights as the extractor has them."""

    def __init__(self, parameters):
        layer, self.bias, self.top, self.top_bias = parameters
        self.weights, self.step = rounded(layer)

    def scores(self, rows):
        """Log-odds that each line is residue."""
        sums = matrix(rows, len(self.weights)) @ (self.weights.astype(numpy.float32) * self.step) + self.bias
        out = numpy.maximum(sums, 0) @ self.top + self.top_bias
        largest = out[:, 1:].max(1)
        return largest + numpy.log(numpy.exp(out[:, 1:] - largest[:, None]).sum(1)) - out[:, 0]

    def tables(self):
        def floats(values):
            return numpy.ascontiguousarray(values, dtype="<f4").tobytes()
        head = struct.pack("<IIII", 0x32524E57, len(self.weights), UNITS, len(LEARNED))
        kinds = struct.pack(f"<{len(LEARNED)}I", *(KINDS.index(kind) for kind in LEARNED))
        return (head + kinds + struct.pack("<f", self.step) + floats(self.bias) + floats(self.top.T)
                + floats(self.top_bias) + self.weights.tobytes())


def train(lines, rows):
    targets = numpy.array([LEARNED.index(line.kind) + 1 if line.label else 0 for line in lines])
    return Model(fit(matrix(rows), targets, balanced(lines)))

