"""The confidence of a document: what F1 to expect, given the F1 that the model itself expects.

The model's expected F1 is turned into an estimate of the true one by a rising curve through a few
knots, fitted to documents of folds that their model never saw.
"""
import json

import numpy

IDENTITY = [(0.0, 0.0), (1.0, 1.0)]
KNOTS = 12


def isotonic(values):
    """The rising sequence nearest to `values` by least squares (pool adjacent violators)."""
    pools = []
    for value in values:
        pools.append([value, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, count = pools.pop()
            pools[-1][0] = (pools[-1][0] * pools[-1][1] + mean * count) / (pools[-1][1] + count)
            pools[-1][1] += count
    return [mean for mean, count in pools for _ in range(count)]


def fit(expected, true):
    """Knots of the curve: the medians of as many equal groups, made to rise."""
    order = numpy.argsort(expected, kind="stable")
    groups = numpy.array_split(order, KNOTS)
    x = [float(numpy.median(expected[group])) for group in groups]
    y = isotonic([float(numpy.median(true[group])) for group in groups])
    return [(0.0, 0.0)] + list(zip(x, y)) + [(1.0, max(y[-1], 1.0))]


def apply(curve, expected):
    x, y = zip(*curve)
    return numpy.interp(expected, x, y)


def calibrate(pairs, path):
    """Writes the knots; prints how far the estimate is off in folds that it was not fitted to."""
    expected, true, fold = (numpy.array(each) for each in zip(*pairs))
    errors = numpy.zeros(len(expected))
    for each in set(fold):
        inside = fold == each
        errors[inside] = abs(apply(fit(expected[~inside], true[~inside]), expected[inside]) - true[inside])
    print(f"\nconfidence: mean absolute difference from the true F1 {errors.mean():.4f}, "
          f"before calibration {abs(expected - true).mean():.4f} ({len(true)} pages)")
    path.write_text(json.dumps({"knots": fit(expected, true)}, indent=1) + "\n")


def knots(path):
    return [tuple(pair) for pair in json.loads(path.read_text())["knots"]] if path.exists() else IDENTITY
