"""Runs `winnow run` over a folder for the benchmarks, with a configuration of their own.

Standard library only.
"""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

# Codes with which a run ends that did its work: all pages done, or some of them failed.
FINISHED = (0, 3)
# Seconds between two looks for the first document.
LOOK = 0.002


class Run:
    """What one run took: wall and CPU seconds, its peak of resident memory in bytes, and the wall
    seconds until the first document stood in its place, if that was watched."""

    def __init__(self, seconds, cpu, peak, first=None):
        self.seconds, self.cpu, self.peak, self.first = seconds, cpu, peak, first


def run(winnow, pages, output, workers=None, formats=("text",), watches=False, core=None):
    """Cleans `pages` into the folder `output`; `workers` is for every stage, `core` the only one that
    the run may use."""
    stages = [
        {"stage": "fetch", "input": [os.path.abspath(pages)]},
        {"stage": "strip"},
        {"stage": "normalize"},
        {"stage": "emit", "output": os.path.abspath(output), "formats": list(formats)},
    ]
    if workers is not None:
        for stage in stages:
            stage["workers"] = workers
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder, "pipeline.json")
        config.write_text(json.dumps({"stages": stages}))
        command = [str(winnow), "run", str(config), "--quiet"]
        # What Python starts begins with Python's own size as its peak; a small program stands between.
        told = pathlib.Path(folder, "peak")
        small = ["env", "time", "-q", "-o", str(told), "-f", "%M"] if shutil.which("time") else []
        started = time.monotonic()
        pinned = ["taskset", "-c", str(core)] if core is not None else []
        child = subprocess.Popen(pinned + small + command)
        found = []
        watcher = threading.Thread(target=watch, args=(output, started, child, found))
        if watches:
            watcher.start()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if watches:
            watcher.join()
        peak = int(told.read_text().split()[-1]) if small else usage.ru_maxrss
    if child.returncode not in FINISHED:
        raise SystemExit(f"{' '.join(command)}: exit code {child.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak * 1024,
               found[0] if found else seconds)


def watch(output, started, child, found):
    """Notes when the first document stands in the output folder under its own name."""
    while not found and child.returncode is None:
        with os.scandir(output) as entries:
            if any(entry.name.endswith((".txt", ".json", ".md", ".html"))
                   and not entry.name.startswith((".", "winnow-")) for entry in entries):
                found.append(time.monotonic() - started)
        time.sleep(LOOK)


def pages_folder(corpus):
    """A corpus keeps its pages in html/; any other folder is taken as it is."""
    return corpus / "html" if (corpus / "html").is_dir() else corpus
