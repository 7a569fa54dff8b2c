"""A linear model over hashed features of lines: fitting, rounding to bytes, writing its tables.

The features come from `winnow-training residue`, the same code that the extractor runs.
"""
import base64
import struct
import subprocess

import numpy
from scipy import sparse, special
from sklearn.linear_model import LogisticRegression

FORM = 512


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


def fit(rows, labels, weights, strength=20.0, iterations=120):
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=iterations, tol=1e-4)
    model.fit(rows, labels, sample_weight=weights)
    return model


def rounded(weights):
    """(bytes, step): weights as signed bytes; the few largest are cut."""
    largest = max(1e-9, float(numpy.quantile(numpy.abs(weights), 0.9998)))
    step = largest / 127
    return numpy.clip(numpy.rint(weights / step), -127, 127).astype(numpy.int8), step
