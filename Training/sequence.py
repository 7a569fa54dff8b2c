"""The sequence model: a small convolutional network over a page's blocks (SequenceModel.swift).

It sees what the trees cannot: the names of elements and words, of which those are taken that several
sites use, and the blocks around. By itself it is a little worse than the trees; as it errs in other
places, the sum of both is better than either (docs/quality.md).
"""
import collections

import numpy
import torch
import torch.nn.functional as F
from torch import nn

# As in SequenceModel.swift and sequence_scores.h.
GROUPS = 8
NAME_GROUPS = 5
WIDTH = 48
KERNEL = 5
LAYERS = 4

DEPTH = 12
COLUMNS = 80
BORDERS = 24
# A token is taken when so many registered domains use it.
NAME_DOMAINS = 5
WORD_DOMAINS = 10
EPOCHS = 5
BATCH = 8
RATE = 2e-3
DECAY = 0.05
# Longer pages are few, and would set the size of their batch.
LONGEST = 2500
# Shares left out while training: of features, of tokens, of the numbers between layers.
FEATURE_DROP, TOKEN_DROP, DROP = 0.15, 0.6, 0.3
SEED = 7


class Vocabulary:
    """The tokens that the model knows: names of elements, then words."""

    def __init__(self, corpora, fold):
        domains = [collections.defaultdict(set), collections.defaultdict(set)]
        for corpus in corpora:
            for page in corpus.pages:
                truth = corpus.truth[page["id"]]
                if truth["fold"] == fold or not page["texts"]:
                    continue
                for kind, places in ((0, page["places"][:, :NAME_GROUPS]), (1, page["places"][:, NAME_GROUPS:])):
                    lists = [page["lists"][place] for place in numpy.unique(places)]
                    for token in numpy.unique(numpy.concatenate(lists)):
                        domains[kind][token].add(truth["domain"])
        least = (NAME_DOMAINS, WORD_DOMAINS)
        self.tokens = [
            numpy.array(sorted(token for token, users in domains[kind].items() if len(users) >= least[kind]),
                        dtype=numpy.uint32) for kind in (0, 1)]

    def __len__(self):
        return sum(map(len, self.tokens))

    def rows(self, kind, tokens):
        """The rows of those tokens that are known."""
        known = self.tokens[kind]
        places = numpy.searchsorted(known, tokens)
        places[places == len(known)] = 0
        return places[known[places] == tokens] + (len(self.tokens[0]) if kind else 0)


def borders(corpora, fold, columns):
    """For each column, quantiles of its values on the pages that are trained on."""
    rows = numpy.concatenate([
        corpus.rows[page["rows"]][::5][:, columns] for corpus in corpora for page in corpus.pages
        if corpus.truth[page["id"]]["fold"] != fold])
    levels = numpy.linspace(0, 1, BORDERS + 2)[1:-1]
    # Bins are numbers of borders below a value: a border at the least value would never be below.
    return [numpy.unique(numpy.quantile(values, levels, method="lower").astype(numpy.float32))
            for values in rows.T]


def binned(rows, columns, edges):
    out = numpy.empty((len(rows), len(columns)), dtype=numpy.float32)
    for place, (column, edge) in enumerate(zip(columns, edges)):
        out[:, place] = numpy.searchsorted(edge, rows[:, column], side="left") * (2 / len(edge)) - 1
    return out


class Page:
    """One page as tensors."""

    def __init__(self, page, rows, vocabulary, columns, edges):
        self.values = torch.from_numpy(binned(rows, columns, edges))
        kinds = numpy.zeros(len(page["lists"]), dtype=int)
        kinds[page["places"][:, NAME_GROUPS:].ravel()] = 1
        known = [vocabulary.rows(kind, tokens) for kind, tokens in zip(kinds, page["lists"])]
        sizes = numpy.array([len(each) for each in known])
        self.tokens = torch.from_numpy(numpy.concatenate(known).astype(numpy.int64))
        self.starts = torch.from_numpy(numpy.cumsum(sizes) - sizes)
        self.sizes = torch.from_numpy(sizes).clamp(min=1).float()
        self.places = torch.from_numpy(page["places"].astype(numpy.int64))
        weight = numpy.sqrt(page["words"] + 0.3)
        self.shares = torch.from_numpy((weight / weight.sum()).astype(numpy.float32))
        self.labels = torch.from_numpy(page["labels"].astype(numpy.float32)) if "labels" in page else None


class Network(nn.Module):
    def __init__(self, tokens, columns):
        super().__init__()
        self.table = nn.Embedding(tokens, DEPTH)
        nn.init.normal_(self.table.weight, std=0.1)
        self.input = nn.Linear(columns + GROUPS * DEPTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.spread = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, KERNEL, padding=KERNEL // 2 << layer, dilation=1 << layer, groups=WIDTH)
            for layer in range(LAYERS))
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LAYERS))
        self.mix = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in range(LAYERS))
        self.page = nn.Linear(WIDTH, WIDTH)
        self.last = nn.Linear(WIDTH, WIDTH)
        self.output = nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(DROP)

    def forward(self, batch):
        values, mask = batch["values"], batch["mask"].unsqueeze(2)
        weight = None
        if self.training:
            shape = (values.shape[0], 1, values.shape[2])
            values = values * (torch.rand(shape) > FEATURE_DROP) / (1 - FEATURE_DROP)
            weight = (torch.rand(len(batch["tokens"])) > TOKEN_DROP).float()
        sums = F.embedding_bag(batch["tokens"], self.table.weight, batch["starts"], mode="sum",
                               per_sample_weights=weight)
        means = (sums / batch["sizes"].unsqueeze(1))[batch["places"]]
        state = F.relu(self.norm(self.input(torch.cat([values, means.flatten(2)], 2))))
        state = self.drop(state) * mask
        for spread, norm, mix in zip(self.spread, self.norms, self.mix):
            around = norm(spread(state.transpose(1, 2)).transpose(1, 2))
            state = (state + self.drop(F.relu(mix(around)))) * mask
        whole = (state * batch["shares"].unsqueeze(2)).sum(1, keepdim=True)
        state = state + F.relu(self.page(whole))
        return self.output(self.drop(F.relu(self.last(state)))).squeeze(2)


def batch(pages):
    """Pages side by side, shorter ones filled up."""
    length = max(len(page.values) for page in pages)
    count = len(pages)
    out = {
        "values": torch.zeros(count, length, pages[0].values.shape[1]),
        "mask": torch.zeros(count, length), "labels": torch.zeros(count, length),
        "shares": torch.zeros(count, length), "places": torch.zeros(count, length, GROUPS, dtype=torch.long),
    }
    tokens, starts, sizes = [], [], []
    lists = first = 0
    for index, page in enumerate(pages):
        own = slice(0, len(page.values))
        out["values"][index, own] = page.values
        out["mask"][index, own] = 1
        out["shares"][index, own] = page.shares
        if page.labels is not None:
            out["labels"][index, own] = page.labels
        out["places"][index, own] = page.places + lists
        tokens.append(page.tokens)
        starts.append(page.starts + first)
        sizes.append(page.sizes)
        lists += len(page.sizes)
        first += len(page.tokens)
    out.update(tokens=torch.cat(tokens), starts=torch.cat(starts), sizes=torch.cat(sizes))
    return out


class Model:
    """A trained network with its vocabulary and borders."""

    def __init__(self, corpora, fold, columns):
        torch.manual_seed(SEED)
        torch.set_num_threads(2)
        torch.use_deterministic_algorithms(True)
        self.columns = columns
        self.vocabulary = Vocabulary(corpora, fold)
        self.edges = borders(corpora, fold, columns)
        pages = [
            self.page(page, corpus) for corpus in corpora for page in corpus.pages
            if corpus.is_for_training(page, fold) and 0 < len(page["texts"]) <= LONGEST]
        print(f"sequence model without fold {fold}: {len(pages)} pages, {len(self.vocabulary)} tokens", flush=True)
        self.network = Network(len(self.vocabulary), len(columns))
        self.train(pages)

    def page(self, page, corpus):
        return Page(page, corpus.rows[page["rows"]], self.vocabulary, self.columns, self.edges)

    def train(self, pages):
        network = self.network
        steps = EPOCHS * -(-len(pages) // BATCH)
        table = list(network.table.parameters())
        rest = [each for name, each in network.named_parameters() if not name.startswith("table")]
        optimiser = torch.optim.AdamW([
            {"params": rest, "lr": RATE, "weight_decay": DECAY},
            {"params": table, "lr": RATE * 2, "weight_decay": 0.0}])
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimiser, [RATE, RATE * 2], total_steps=steps + 1, pct_start=0.15)
        random = numpy.random.default_rng(SEED)
        for epoch in range(EPOCHS):
            network.train()
            order = random.permutation(len(pages))
            # Pages of like length together, so that little is filled up.
            groups = []
            for start in range(0, len(order), 16 * BATCH):
                part = sorted(order[start:start + 16 * BATCH], key=lambda i: len(pages[i].values))
                groups += [part[at:at + BATCH] for at in range(0, len(part), BATCH)]
            total = 0
            for place in random.permutation(len(groups)):
                data = batch([pages[i] for i in groups[place]])
                losses = F.binary_cross_entropy_with_logits(network(data), data["labels"], reduction="none")
                loss = (losses * data["shares"]).sum() / len(groups[place])
                optimiser.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                schedule.step()
                total += loss.item()
            print(f"  epoch {epoch + 1}: loss {total / len(groups):.4f}", flush=True)
        network.eval()

    def log_odds(self, page, corpus):
        with torch.no_grad():
            return self.network(batch([self.page(page, corpus)]))[0].numpy()
