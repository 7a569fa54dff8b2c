#!/usr/bin/env python3
"""Makes things go wrong around whole runs, and looks at what they leave.

After each fault these must hold: every document is whole and as in a clean run (or absent); the
ledger names no document that is not there; standard error is short; nothing hangs; and the next
run, with the fault gone, leaves the same files as a clean run, and no others. One line a fault.

    Tools/faults.py --winnow .build/release/winnow [--kills 200] [--only WORD]
"""

import argparse
import contextlib
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
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

    def __init__(self, winnow, folder, pages=300):
        self.winnow = str(winnow)
        self.folder = pathlib.Path(folder)
        self.out = self.folder / "out"
        (self.folder / "pipeline.json").write_text(
            '{"stages": [{"stage": "fetch", "input": ["in"]}, {"stage": "strip"},'
            ' {"stage": "normalize"}, {"stage": "emit", "output": "out"}]}')
        for number in range(pages):
            page = self.folder / "in" / str(number % 10) / f"{number}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(PAGE.format(number))
            os.utime(page, (time.time() - 3600,) * 2)
        self.clean = None

    def run(self, *arguments, before=(), timeout=120, environment=None):
        """Exit code and lines of standard error."""
        command = [*before, self.winnow, "run", "--quiet", *arguments]
        result = subprocess.run(
            command, cwd=self.folder, timeout=timeout, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={"PATH": os.environ["PATH"], **(environment or {})})
        lines = result.stderr.decode(errors="replace").splitlines()
        if len(lines) > 100:
            raise Wrong(f"{len(lines)} lines on standard error")
        return result.returncode, [each for each in lines if each.startswith("winnow")]

    def documents(self, folder=None):
        folder = folder or self.out
        return {str(each.relative_to(folder)): each.read_bytes()
                for each in folder.rglob("*") if each.is_file()
                and ".winnow" not in each.parts and each.name != "winnow-report.json"}

    def look(self):
        """What must hold right after a fault."""
        for name, content in self.documents().items():
            if "/.winnow-tmp-" in "/" + name:
                continue
            if self.clean.get(name) != content:
                raise Wrong(f"{name} is not as in a clean run")
        ledger = self.out / ".winnow" / "ledger.sqlite"
        if ledger.exists() and ledger.stat().st_size > 0:
            with contextlib.closing(sqlite3.connect(ledger)) as database:
                for path, size in database.execute("SELECT path, size FROM output"):
                    document = self.out / os.fsdecode(path)
                    if not document.exists() or document.stat().st_size != size:
                        raise Wrong(f"the ledger has {document.name}, the disk has not")

    def recover(self, *arguments, code=0):
        """The next run must make all as if nothing had been."""
        got, lines = self.run(*arguments)
        if got != code:
            raise Wrong(f"the next run ended with {got}: {lines}")
        if self.documents() != self.clean:
            ours = self.documents()
            odd = [each for each in set(ours) ^ set(self.clean)] or [
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


@fault("1-4", "empty, binary, not UTF-8, NUL")
def odd_pages(scene):
    odd = scene.folder / "in" / "odd"
    odd.mkdir()
    (odd / "empty.html").write_bytes(b"")
    (odd / "bom.html").write_bytes(b"\xef\xbb\xbf \n")
    (odd / "binary.html").write_bytes(random.Random(1).randbytes(1 << 20))
    (odd / "latin.html").write_bytes(PAGE.format("caf\xe9").encode("latin-1"))
    (odd / "nul.html").write_bytes(PAGE.format("nul").replace("valley", "val\0ley").encode())
    scene.remember()
    expect(scene.run(), 3)
    scene.look()
    for name in ("empty", "bom", "binary"):
        if (scene.out / "odd" / f"{name}.html.txt").exists():
            raise Wrong(f"{name}.html has a document")
    for name in ("latin", "nul"):
        if b"nobody had painted" not in (scene.out / "odd" / f"{name}.html.txt").read_bytes():
            raise Wrong(f"{name}.html has lost its text")
    scene.recover()


@fault("6", "one page of 2 GB")
def large(scene):
    page = scene.folder / "in" / "large.html"
    with open(page, "wb") as file:
        file.truncate(2 << 30)
    scene.remember()
    expect(scene.run(before=["prlimit", "--as=1500000000"]), 3, "large.html: has 2147483648 bytes")
    scene.recover()


@fault("15-17", "names: case, escapes, 255 bytes, not UTF-8")
def names(scene):
    folder = os.fsencode(scene.folder / "in")
    many = [b"a.html", b"A.html", b"a%2Fb.html", b"a_b.html", b"\xff\xfe.html", b"caf\xe9.html",
            b"x\n\x1b[31m.html", b"-rf.html", b"n" * 250 + b".html"]
    for name in many:
        with open(os.path.join(folder, name), "w") as file:
            file.write(PAGE.format("name"))
    scene.remember()
    expect(scene.run(), 0)
    if len(scene.documents()) != 300 + len(many):
        raise Wrong(f"{len(scene.documents())} documents")
    scene.recover()


@fault("19-20", "links in circles and to nothing, pipes")
def links(scene):
    folder = scene.folder / "in"
    (folder / "self.html").symlink_to("self.html")
    (folder / "nowhere.html").symlink_to("nowhere")
    (folder / "loop").symlink_to(".")
    os.mkfifo(folder / "pipe.html")
    scene.remember()
    expect(scene.run(timeout=60), 3)
    scene.recover(code=3)


@fault("21", "a page vanishes before it is opened")
def vanishes(scene):
    needs("strace")
    expect(scene.run(before=["strace", "-f", "-qq", "-o", "/dev/null", "-P", "5/5.html", "-e",
                             "trace=openat", "-e", "inject=openat:error=ENOENT"]), 3, "vanished")
    scene.look()
    scene.recover()


@fault("23", "pages that may not be read")
def unreadable(scene):
    needs_root()
    for each in (scene.folder, pathlib.Path(scene.winnow)):
        for parent in (each, *each.parents):
            if parent != pathlib.Path("/") and not parent.stat().st_mode & 0o001:
                raise Skip(f"{parent} is closed to other users")
    page = scene.folder / "in" / "5" / "5.html"
    page.chmod(0)
    scene.out.mkdir()
    scene.out.chmod(0o777)
    expect(scene.run(before=["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]), 3,
           "cannot be read")
    scene.look()
    page.chmod(0o644)
    scene.recover()


@fault("24", "a page cannot be read to its end")
def read_error(scene):
    needs("strace")
    expect(scene.run(before=["strace", "-f", "-qq", "-o", "/dev/null", "-P",
                             str(scene.folder / "in/5/5.html"), "-e", "trace=read", "-e",
                             "inject=read:error=EIO"]), 3, "cannot be read")
    scene.look()
    scene.recover()


@contextlib.contextmanager
def mounted(scene, options):
    needs_root()
    scene.out.mkdir(exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", scene.out],
                      stderr=subprocess.DEVNULL).returncode:
        raise Skip("may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", scene.out], check=True)


def fills(options, larger):
    def body(scene):
        with mounted(scene, options):
            expect(scene.run(), 1, "No space left on device")
            scene.look()
            subprocess.run(["mount", "-o", f"remount,{larger}", scene.out], check=True)
            scene.recover()
    return body


fault("25", "the disk is full")(fills("size=600k", "size=50m"))
fault("25", "the disk is full at once")(fills("size=20k", "size=50m"))
fault("26", "no inodes left")(fills("size=50m,nr_inodes=40", "nr_inodes=9000"))


@fault("27", "the output is read-only")
def read_only(scene):
    expect(scene.run(), 0)
    with mounted(scene, "size=1m,ro"):
        expect(scene.run(), 1, "Read-only file system")
    scene.recover()


@fault("28", "a limit on the size of files")
def file_size(scene):
    needs("prlimit")
    expect(scene.run(before=["prlimit", "--fsize=1024"]), 1)
    scene.look()
    scene.recover()


def injected(call, error):
    def body(scene):
        needs("strace")
        trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                 f"inject={call}:error={error}:when=2+"]
        if call == "syncfs":
            trace[-1] = f"inject={call}:error={error}"
        got = scene.run(before=trace)
        if got[0] not in (1, 3):
            raise Wrong(f"exit code {got[0]}: {got[1][:2]}")
        scene.look()
        scene.recover()
        return f"code {got[0]}"
    return body


fault("29", "what was written cannot be made lasting")(injected("syncfs", "EIO"))
fault("29", "a folder cannot be made lasting")(injected("fsync", "EIO"))
fault("29", "a document cannot get its name")(injected("renameat", "EXDEV"))


def stopped(name, code):
    def body(scene):
        process = subprocess.Popen([scene.winnow, "run", "--quiet"], cwd=scene.folder,
                                   stderr=subprocess.DEVNULL)
        while not (scene.out / ".winnow").exists():
            time.sleep(0.001)
        process.send_signal(name)
        if process.wait(timeout=5) not in (code, 0):
            raise Wrong(f"exit code {process.returncode}, not {code}")
        scene.look()
        scene.recover()
    return body


fault("30", "SIGTERM")(stopped(signal.SIGTERM, 143))
fault("30", "SIGINT")(stopped(signal.SIGINT, 130))


@fault("31", "SIGKILL at any moment")
def killed(scene, kills=200):
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    start = time.monotonic()
    expect(scene.run(), 0)
    whole = time.monotonic() - start
    shutil.rmtree(scene.out)
    landed = finished = 0
    while landed < kills:
        process = subprocess.Popen([scene.winnow, "run", "--quiet"], cwd=scene.folder,
                                   stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, whole))
        process.kill()
        hit = process.wait() == -signal.SIGKILL
        landed += hit
        if scene.out.exists():
            scene.look()
        if landed % 10 == 0 and hit:
            scene.recover()
        if not hit or landed % 10 == 0:
            finished += not hit
            shutil.rmtree(scene.out, ignore_errors=True)
    return f"{landed} hit a run, {finished} came too late; seed {seed}"


def killed_at(call):
    def body(scene):
        needs("strace")
        hits = 0
        for when in (1, 2, 3, 5, 8, 13, 40, 90):
            shutil.rmtree(scene.out, ignore_errors=True)
            code, _ = scene.run(before=[
                "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                f"inject={call}:signal=KILL:when={when}"])
            hits += code != 0
            if scene.out.exists():
                scene.look()
            scene.recover()
        if hits == 0:
            raise Wrong(f"no {call} was met")
        return f"{hits} places"
    return body


for each in ("renameat", "syncfs", "fsync", "pwrite64", "unlinkat"):
    fault("31", f"SIGKILL at {each}")(killed_at(each))


@fault("33-34", "two runs at once; a lock left by a dead one")
def twice(scene):
    first = subprocess.Popen([scene.winnow, "run", "--quiet"], cwd=scene.folder)
    lock = scene.out / ".winnow" / "lock"
    while not lock.exists() or lock.stat().st_size == 0:
        time.sleep(0.001)
    os.kill(first.pid, signal.SIGSTOP)
    start = time.monotonic()
    expect(scene.run(), 75, f"process {first.pid}, since")
    waited = time.monotonic() - start
    first.kill()
    first.wait()
    scene.look()
    scene.recover()
    return f"75 after {waited:.1f} s"


@fault("35", "pages from the future, and a clock that goes back")
def clock(scene):
    for each in (scene.folder / "in").rglob("*.html"):
        os.utime(each, (4_000_000_000,) * 2)
    expect(scene.run(), 0)
    page = scene.folder / "in" / "5" / "5.html"
    page.write_text(PAGE.format("other"))
    os.utime(page, (time.time() - 900_000,) * 2)
    scene.remember()
    before = ["faketime", "-f", "-3h"] if shutil.which("faketime") else []
    expect(scene.run(before=before), 0)
    scene.recover()
    return "" if before else "without faketime: the pages' times alone"


def harmed(harm, words, code=1):
    def body(scene):
        expect(scene.run(), 0)
        harm(scene.out / ".winnow" / "ledger.sqlite")
        expect(scene.run(), code, words)
        if scene.documents() != scene.clean:
            raise Wrong("documents were touched")
        subprocess.run([scene.winnow, "ledger", "rebuild", "out"], cwd=scene.folder, check=True,
                       stderr=subprocess.DEVNULL)
        scene.recover()
    return body


def overwrite(offset, count):
    def body(ledger):
        with open(ledger, "r+b") as file:
            file.seek(offset)
            file.write(random.Random(2).randbytes(count))
    return body


def statement(sql):
    def body(ledger):
        with contextlib.closing(sqlite3.connect(ledger)) as database:
            database.execute(sql)
            database.commit()
    return body


fault("36", "the ledger's header is smashed")(harmed(overwrite(0, 8), "ledger rebuild"))
fault("37", "a page of the ledger is smashed")(harmed(overwrite(4096 * 3, 4096), "ledger rebuild"))
fault("37", "the ledger is cut")(harmed(lambda ledger: os.truncate(ledger, 3 * 4096),
                                       "ledger rebuild"))
fault("38", "the ledger is empty")(harmed(lambda ledger: os.truncate(ledger, 0), "it is empty"))
fault("39", "the ledger is of a newer version")(
    harmed(statement("PRAGMA user_version = 99"), "is version 99, this program knows 2"))


@fault("41", "another program holds the ledger")
def held(scene):
    expect(scene.run(), 0)
    with contextlib.closing(sqlite3.connect(
            scene.out / ".winnow" / "ledger.sqlite", isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        expect(scene.run(), 75, "in use by another program")
    scene.recover()


@fault("42", "documents deleted and altered by hand")
def altered(scene):
    expect(scene.run(), 0)
    (scene.out / "5" / "5.html.txt").unlink()
    with open(scene.out / "6" / "6.html.txt", "a") as file:
        file.write("more")
    shutil.rmtree(scene.out / "7")
    scene.recover()


@fault("43", "standard output and error closed or full")
def streams(scene):
    for redirection in (">&- 2>&-", ">/dev/full 2>/dev/full"):
        shutil.rmtree(scene.out, ignore_errors=True)
        code = subprocess.run(["sh", "-c", f'"$0" run {redirection}', scene.winnow],
                              cwd=scene.folder, timeout=60).returncode
        if code != 0:
            raise Wrong(f"exit code {code}")
        scene.recover()


@fault("44", "16 descriptors")
def descriptors(scene):
    needs("prlimit")
    expect(scene.run("--workers", "4", before=["prlimit", "--nofile=24"]), 0)
    scene.recover()
    return "24: the ledger and libdispatch take some"


@fault("45, 47", "a page that crashes the program")
def poison(scene):
    poisoned = {"WINNOW_TEST_CRASH": "11:The house 77<", "SWIFT_BACKTRACE": "enable=no"}
    for code in (-11, -11, 3, 0):
        expect(scene.run(environment=poisoned), code)
        scene.look()
    if len(scene.documents()) != len(scene.clean) - 1:
        raise Wrong("other pages were left out too")
    scene.recover("--retry-failed")


@fault("49", "a slow disk")
def slow(scene):
    needs("strace")
    expect(scene.run(before=[
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=syncfs,fsync,renameat", "-e",
        "inject=syncfs,fsync,renameat:delay_enter=5000"]), 0)
    scene.recover()


@fault("50", "no environment, umask 077, the working folder is gone")
def bare(scene):
    gone = scene.folder / "gone"
    gone.mkdir()
    script = (f'cd gone; rmdir ../gone; umask 077; env -i "$0" run --quiet {scene.folder}/pipeline.json')
    code = subprocess.run(["sh", "-c", script, scene.winnow], cwd=scene.folder, timeout=60).returncode
    if code != 0:
        raise Wrong(f"exit code {code}")
    scene.recover()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--winnow", type=pathlib.Path, required=True)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--only", default="", help="faults whose row or name holds this word")
    arguments = parser.parse_args()
    winnow = arguments.winnow.resolve()
    bad = 0
    for rows, name, function in FAULTS:
        if arguments.only not in f"{rows} {name}":
            continue
        with tempfile.TemporaryDirectory(prefix="winnow-faults-") as folder:
            start = time.monotonic()
            try:
                os.chmod(folder, 0o755)
                scene = Scene(winnow, folder)
                scene.remember()
                extra = {"kills": arguments.kills} if function is killed else {}
                word, remark = "ok", function(scene, **extra) or ""
            except Skip as reason:
                word, remark = "skip", str(reason)
            except Wrong as problem:
                word, remark = "WRONG", str(problem)
                bad += 1
            except subprocess.TimeoutExpired:
                word, remark = "WRONG", "it hung"
                bad += 1
            seconds = time.monotonic() - start
            print(f"{word:<6} {rows:<7} {name:<55} {seconds:6.1f} s  {remark}", flush=True)
    if bad:
        sys.exit(f"faults.py: {bad} faults were not handled")


if __name__ == "__main__":
    main()
