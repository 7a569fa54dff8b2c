"""Where faults are made: a folder of pages, and what must hold after each fault."""

import contextlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import time

PAGE = ("<!DOCTYPE html><html><head><title>The house {0}</title></head><body><article>"
        "<h1>The house {0}</h1>" + 4 * ("<p>" + 3 * (
            "The house {0} stood at the end of the valley, where the river turns north and the "
            "road, after some miles of gravel, gives up; nobody had painted it for years. ")
            + "</p>") + "</article></body></html>\n")


class Wrong(Exception):
    """What a fault left that it must not."""


class Skip(Exception):
    """Why a fault cannot be made here."""


class Scene:
    """A folder with pages, and the documents a clean run makes of them."""

    def __init__(self, winnow, folder, pages):
        self.pages = pages
        self.winnow = str(winnow)
        self.folder = pathlib.Path(folder)
        self.out = self.folder / "out"
        self.configure("")
        for number in range(pages):
            page = self.folder / "in" / str(number % 10) / f"{number}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(PAGE.format(number))
            self.age(page)
        self.clean = None

    def configure(self, strip):
        """Writes the configuration; `strip` are keys of that stage, each behind a comma."""
        (self.folder / "pipeline.json").write_text(
            '{"stages": [{"stage": "fetch", "input": ["in"]}, {"stage": "strip"' + strip + '},'
            ' {"stage": "normalize"}, {"stage": "emit", "output": "out"}]}')

    def add(self, name, content):
        """Writes a file below the input; bytes or text."""
        page = self.folder / "in" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(content.encode() if isinstance(content, str) else content)
        self.age(page)
        return page

    @staticmethod
    def age(page):
        """Young files are read again, since a change in the same tick would not show."""
        os.utime(page, (time.time() - 3600,) * 2)

    def run(self, *arguments, before=(), timeout=300, environment=None):
        """Exit code and lines of standard error."""
        process = subprocess.Popen(
            [*before, self.winnow, "run", "--quiet", *arguments], cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            env={"PATH": os.environ["PATH"], **(environment or {})})
        return self.finish(process, timeout)

    def finish(self, process, timeout=300):
        try:
            _, errors = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.communicate()
            raise
        lines = errors.decode(errors="replace").splitlines()
        if len(lines) > 100:
            raise Wrong(f"{len(lines)} lines on standard error")
        return process.returncode, [each for each in lines if each.startswith("winnow")]

    def measure(self, *arguments):
        """Exit code, CPU seconds and the most megabytes of a run."""
        needs("time")
        # By a small program: what Python starts begins with Python's own size as its peak.
        told = self.folder / "time"
        code = subprocess.run(
            ["env", "time", "-q", "-o", told, "-f", "%U %S %M", self.winnow, "run", "--quiet",
             *arguments], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"]}, timeout=300).returncode
        user, system, peak = told.read_text().split()[-3:]
        return code, float(user) + float(system), int(peak) / 1024

    def documents(self, folder=None):
        """Content by path; works for paths of any length and names of any bytes."""
        top = os.fsencode(folder or self.out)
        found = {}
        for path, folders, files, handle in os.fwalk(top):
            folders[:] = [each for each in folders if each != b".winnow"]
            for name in files:
                if name == b"winnow-report.json":
                    continue
                with open(os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=handle), "rb") as file:
                    found[os.fsdecode(os.path.join(path, name)[len(top) + 1:])] = file.read()
        return found

    def look(self):
        """What must hold right after a fault."""
        found = self.documents()
        for name, content in found.items():
            if "/.winnow-tmp-" in "/" + name:
                continue
            if self.clean.get(name) != content:
                raise Wrong(f"{name} is not as in a clean run")
        ledger = self.out / ".winnow" / "ledger.sqlite"
        if ledger.exists() and ledger.stat().st_size > 0:
            with contextlib.closing(sqlite3.connect(ledger)) as database:
                for path, size in database.execute("SELECT path, size FROM output"):
                    document = found.get(os.fsdecode(path))
                    if document is None or len(document) != size:
                        raise Wrong(f"the ledger has {os.fsdecode(path)}, the disk has not")

    def recover(self, *arguments, code=0):
        """The next run must make all as if nothing had been."""
        got, lines = self.run(*arguments)
        if got != code:
            raise Wrong(f"the next run ended with {got}: {lines[:3]}")
        ours = self.documents()
        if ours != self.clean:
            odd = sorted(set(ours) ^ set(self.clean)) or [
                each for each in ours if ours[each] != self.clean[each]]
            raise Wrong(f"after the next run {len(odd)} files differ from a clean run: {odd[:3]}")

    def remember(self):
        code, lines = self.run("--output", "clean")
        if code not in (0, 3):
            raise Wrong(f"a clean run ends with {code}: {lines}")
        self.clean = self.documents(self.folder / "clean")
        shutil.rmtree(self.folder / "clean")


def expect(got, code, words=""):
    status, lines = got
    if status != code:
        raise Wrong(f"exit code {status}, not {code}: {lines[:2]}")
    if words and not any(words in each for each in lines):
        raise Wrong(f"no line says '{words}': {lines[:2]}")


FAULTS = []


def fault(rows, name):
    """Declares a fault; its function returns a remark for the table."""
    def declare(function):
        FAULTS.append((rows, name, function))
        return function
    return declare


def needs(tool):
    if not shutil.which(tool):
        raise Skip(f"there is no {tool}")


def needs_root():
    if os.getuid() != 0:
        raise Skip("needs root")


def strace(*options):
    needs("strace")
    return ["strace", "-f", "-qq", "-o", "/dev/null", *options]


@contextlib.contextmanager
def mounted(folder, options):
    """A file system of its own in `folder`."""
    needs_root()
    folder.mkdir(exist_ok=True, parents=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", folder],
                      stderr=subprocess.DEVNULL).returncode:
        raise Skip("may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
