"""A linear model over hashed features of lines: fitting, rounding to bytes, writing its tables.

The features come from `winnow-training residue`, the same code that the extractor runs.
"""
import base64
import struct
import subprocess
import warnings

import numpy
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

# As in ResidueFeatures and ResidueKind.
FORM = 512
KINDS = ["subscribe", "follow", "comments", "login", "cookies", "paywall", "advertisement", "related",
         "tags", "form", "tools", "credit", "markup", "phrase"]


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


def matrix(rows, buckets):
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


def fit(rows, labels, weights, strength, iterations):
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=iterations, tol=1e-4)
    with warnings.catch_warnings():
        # Stopping early is meant: more iterations change nothing that can be measured.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(rows, labels, sample_weight=weights)


def rounded(weights):
    """(signed bytes, step); the few largest weights are cut."""
    largest = max(1e-9, float(numpy.quantile(numpy.abs(weights), 0.9998)))
    step = float(numpy.float32(largest / 127))
    return numpy.clip(numpy.rint(weights / step), -127, 127).astype(numpy.int8), step


class Model:
    """Weights as the extractor has them."""

    def __init__(self, line_model, kind_model, buckets, kind_buckets):
        self.buckets, self.kind_buckets = buckets, kind_buckets
        self.weights, self.step = rounded(line_model.coef_[0])
        self.bias = float(line_model.intercept_[0])
        self.kind_weights, self.kind_step = rounded(kind_model.coef_)
        self.kind_biases = kind_model.intercept_
        self.kinds = [KINDS.index(kind) for kind in kind_model.classes_]

    def scores(self, rows):
        weights = self.weights.astype(numpy.float32) * self.step
        return matrix(rows, self.buckets) @ weights + self.bias

    def tables(self):
        head = struct.pack("<IIIIfff", 0x31524E57, self.buckets, self.kind_buckets, len(self.kinds),
                           self.step, self.bias, self.kind_step)
        kinds = b"".join(struct.pack("<If", kind, bias) for kind, bias in zip(self.kinds, self.kind_biases))
        return head + kinds + self.weights.tobytes() + numpy.ascontiguousarray(self.kind_weights.T).tobytes()


def kind_matrix(rows, buckets):
    pointers, places, values = [0], [], []
    for _, lexical in rows:
        places.append((lexical.astype(numpy.uint64) * buckets >> 32).astype(numpy.int64))
        values.append(numpy.full(len(lexical), 1 / numpy.sqrt(max(1, len(lexical))), dtype=numpy.float32))
        pointers.append(pointers[-1] + len(lexical))
    return sparse.csr_matrix(
        (numpy.concatenate(values), numpy.concatenate(places), pointers), shape=(len(rows), buckets))


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


def train(lines, rows, buckets, kind_buckets, strength=60.0, iterations=80):
    labels = numpy.array([line.label for line in lines])
    weights = balanced(lines)
    line_model = fit(matrix(rows, buckets), labels, weights, strength, iterations)
    residue = [index for index, line in enumerate(lines) if line.label]
    kind_model = fit(
        kind_matrix([rows[index] for index in residue], kind_buckets),
        [lines[index].kind for index in residue], weights[residue], strength, iterations)
    return Model(line_model, kind_model, buckets, kind_buckets)


HEADER = """// The tables of residue, made by `make train-residue`; not to be edited.
// swift-format-ignore-file

/// The tables of the shipped model of residue, as base64 text.
enum ResidueTables {
  static let text: StaticString = \"\"\"
"""
FOOTER = """    \"\"\"
}
"""


def write_swift(path, data):
    text = base64.b64encode(data).decode()
    lines = [text[at:at + 160] for at in range(0, len(text), 160)]
    path.write_text(HEADER + "".join(f"    {line}\n" for line in lines) + FOOTER)
