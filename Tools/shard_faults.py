"""Kills runs that write files of rows, and looks at what they leave.

After every kill each file of rows is read whole: it must unpack, and hold whole lines alone. Then a
run is let finish, and its files must be, byte for byte, those of a run from scratch. Pages are
changed, added and removed between the rounds. Runs are killed at a chance moment, and, where strace
can be used, at each rename, fsync and unlink in turn.

    python shard_faults.py --winnow .build/release/winnow [--rounds 100] [--calls 40]
"""
import argparse
import csv
import gzip
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time


def write_pages(folder, numbers, chance):
    for number in numbers:
        path = os.path.join(folder, str(number % 7), f"{number}.html")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        text = " ".join(chance.choice(["river", "bridge", "stone", "boat"]) for _ in range(chance.randint(30, 300)))
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"<html><title>Page {number}</title><body><p>Page {number}. {text}.</p></body></html>")


def change(folder, chance, next_number):
    """Some pages change, some go, some come."""
    for place, _, names in os.walk(folder):
        for name in names:
            fate = chance.random()
            if fate < 0.05:
                os.remove(os.path.join(place, name))
            elif fate < 0.1:
                write_pages(folder, [int(name.removesuffix(".html"))], chance)
    write_pages(folder, range(next_number, next_number + 10), chance)
    return next_number + 10


def rows(folder):
    """The files of rows with their bytes; complains of any that is not whole."""
    files = {}
    for name in sorted(os.listdir(folder) if os.path.isdir(folder) else []):
        if not name.startswith(("documents-", "metadata-")):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            files[name] = file.read()
        plain = gzip.decompress(files[name]) if name.endswith(".gz") else files[name]
        assert plain.endswith(b"\n"), f"{name} ends in half a line"
        if name.startswith("documents-"):
            for line in plain.splitlines():
                json.loads(line)
        else:
            lengths = {len(row) for row in csv.reader(io.StringIO(plain.decode(), newline=""))}
            assert lengths == {21}, f"{name} has rows of {lengths} fields"
    return files


def ids(files):
    found = []
    for name, data in files.items():
        if name.startswith("documents-"):
            found += [json.loads(line)["id"] for line in gzip.decompress(data).splitlines()]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--calls", type=int, default=25)
    parser.add_argument("--seed", type=int, default=8)
    arguments = parser.parse_args()
    winnow = os.path.abspath(arguments.winnow)
    chance = random.Random(arguments.seed)
    scratch = tempfile.mkdtemp(prefix="winnow-shards-")
    pages = os.path.join(scratch, "in")
    number = 200
    write_pages(pages, range(number), chance)

    def command(output):
        path = os.path.join(scratch, f"{output}.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"stages": [
                {"stage": "fetch", "input": [pages]}, {"stage": "strip"}, {"stage": "normalize"},
                {"stage": "emit", "output": os.path.join(scratch, output), "prune": "delete",
                 "formats": ["jsonl", "csv", "text"], "packing": "gzip", "shardMegabytes": 1}]}, file)
        return [winnow, "run", "--quiet", path]

    def finish_and_compare():
        # A page that two runs died of in a row would be left out; here no page is to blame.
        ran = subprocess.run(command("out") + ["--retry-failed"], capture_output=True, timeout=300)
        assert ran.returncode == 0, ran.stderr.decode()
        shutil.rmtree(os.path.join(scratch, "fresh"), ignore_errors=True)
        assert subprocess.run(command("fresh"), capture_output=True, timeout=300).returncode == 0
        got, wanted = rows(os.path.join(scratch, "out")), rows(os.path.join(scratch, "fresh"))
        assert got == wanted, f"{list(got)} is not {list(wanted)}"
        found = ids(got)
        there = sorted(
            os.path.relpath(os.path.join(place, name), pages)
            for place, _, names in os.walk(pages) for name in names)
        assert found == there, "rows and pages differ"
        assert os.listdir(os.path.join(scratch, "out", ".winnow", "rows")) == []

    kills = 0
    start = time.monotonic()
    subprocess.run(command("out"), capture_output=True, timeout=300)
    usual = time.monotonic() - start
    for _ in range(arguments.rounds):
        number = change(pages, chance, number)
        run = subprocess.Popen(command("out"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            run.wait(chance.random() * usual)
        except subprocess.TimeoutExpired:
            kills += 1
        run.kill()
        run.wait()
        rows(os.path.join(scratch, "out"))
        if chance.random() < 0.3:
            finish_and_compare()
    finish_and_compare()
    print(f"killed at a chance moment: {kills} of {arguments.rounds} runs; files as from scratch")

    calls = 0
    if shutil.which("strace"):
        for call in ("renameat,renameat2,rename", "fsync,fdatasync,syncfs", "unlinkat,unlink"):
            for when in range(1, arguments.calls + 1):
                number = change(pages, chance, number)
                ran = subprocess.run(
                    ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                     "-e", f"inject={call}:signal=KILL:when={when}"] + command("out"),
                    capture_output=True, timeout=300)
                calls += ran.returncode not in (0, 3)
                rows(os.path.join(scratch, "out"))
                if when % 3 == 0:
                    finish_and_compare()
        finish_and_compare()
        print(f"killed at a system call: {calls} of {3 * arguments.calls} runs; files as from scratch")
    else:
        print("strace is not installed: not killed at system calls")
    shutil.rmtree(scratch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
