"""Writes a trained sequence model as the tables that SequenceModel.swift reads."""
import struct

import numpy
import torch

import sequence
from tables import fingerprint


def tables(model, names, shares):
    """The bytes of the model. `shares` are what the trees' and its log-odds count in their sum, and
    what is added. Rounds the network's own weights to what is written, so that what it says
    afterwards is what Swift says."""
    network = model.network
    out = [struct.pack("<IIBBBB", 0x31534E57, fingerprint(names), sequence.WIDTH, sequence.KERNEL,
                       sequence.LAYERS, sequence.DEPTH), struct.pack("<fff", *shares)]
    out.append(struct.pack("<H", len(model.columns)))
    for column, edge in zip(model.columns, model.edges):
        out.append(struct.pack("<HB", int(column), len(edge)))
        out.append(edge.astype("<f4").tobytes())
    out.append(struct.pack("<II", *map(len, model.vocabulary.tokens)))
    out += [tokens.astype("<u4").tobytes() for tokens in model.vocabulary.tokens]
    out.append(rounded(network.table.weight, 127, "<i1"))
    with torch.no_grad():
        for norm, mix in zip(network.norms, network.mix):
            # Scale and shift of the norm go into the matrix behind it.
            mix.bias += mix.weight @ norm.bias
            mix.weight *= norm.weight
            norm.weight.fill_(1)
            norm.bias.fill_(0)
    parts = [network.input.weight, network.input.bias, network.norm.weight, network.norm.bias]
    for spread, mix in zip(network.spread, network.mix):
        parts += [spread.weight, spread.bias, mix.weight, mix.bias]
    for layer in (network.page, network.last, network.output):
        parts += [layer.weight, layer.bias]
    out += [rounded(part, 32767, "<i2", transposed=part.dim() > 1) for part in parts]
    return b"".join(out)


def with_shares(data, shares):
    """The same tables with other shares."""
    start = struct.calcsize("<IIBBBB")
    return data[:start] + struct.pack("<fff", *shares) + data[start + 12:]


def rounded(part, largest, kind, transposed=False):
    """One step for all numbers, and the numbers as multiples of it."""
    with torch.no_grad():
        step = numpy.float32(max(float(part.abs().max()), 1e-9) / largest)
        whole = torch.round(part / float(step))
        part.copy_(whole * float(step))
    values = whole.detach().squeeze(1).numpy() if whole.dim() == 3 else whole.detach().numpy()
    # One row an input.
    values = values.T if transposed else values
    return struct.pack("<f", step) + numpy.ascontiguousarray(values).astype(kind).tobytes()
