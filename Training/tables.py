"""Writes a trained model as the tables that Sources/Winnow/Scoring/BlockModel.swift reads."""
import json
import struct
import tempfile

DEPTH = 6


def fingerprint(names):
    """FNV-1a of the features' names, as in BlockModel."""
    value = 0x811C9DC5
    for byte in "\n".join(names).encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def tables(model, names, columns, knots):
    """The bytes of a CatBoost model that was trained on `columns` of the features, and of the
    knots that turn its expected F1 into a confidence."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        model.save_model(file.name, format="json")
        data = json.load(open(file.name))
    trees = data["oblivious_trees"]
    used = {}
    for tree in trees:
        for split in tree["splits"]:
            used.setdefault(split["float_feature_index"], set()).add(split["border"])
    features = sorted(used)
    borders = {feature: sorted(used[feature]) for feature in features}
    place = {feature: index for index, feature in enumerate(features)}
    scale, bias = data["scale_and_bias"][0], data["scale_and_bias"][1][0]
    largest = max(abs(value) for tree in trees for value in tree["leaf_values"]) * scale
    step = largest / 32767
    out = [struct.pack("<IIHHff", 0x314D4E57, fingerprint(names), len(features), len(trees), step, bias)]
    for feature in features:
        assert len(borders[feature]) <= 255
        out.append(struct.pack("<HB", int(columns[feature]), len(borders[feature])))
        out.append(struct.pack(f"<{len(borders[feature])}f", *borders[feature]))
    leaves = []
    for tree in trees:
        splits = tree["splits"]
        assert len(splits) <= DEPTH
        for split in splits:
            feature = split["float_feature_index"]
            out.append(struct.pack("<HB", place[feature], borders[feature].index(split["border"])))
        # A shallower tree repeats its leaves behind tests that always fail.
        for _ in range(DEPTH - len(splits)):
            out.append(struct.pack("<HB", 0, 255))
        values = tree["leaf_values"] + [0.0] * ((1 << DEPTH) - len(tree["leaf_values"]))
        leaves.append(struct.pack(f"<{1 << DEPTH}h", *(round(value * scale / step) for value in values)))
    curve = [struct.pack("<H", len(knots))] + [struct.pack("<ff", x, y) for x, y in knots]
    return b"".join(out + leaves + curve)

