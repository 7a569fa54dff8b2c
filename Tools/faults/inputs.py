"""Faults of pages, names and files: rows 1 to 8 and 15 to 24."""

import json
import os
import pathlib
import random
import socket
import threading
import time

from scene import PAGE, Skip, Wrong, expect, fault, needs_root, strace


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


@fault("5", "a million levels, a million attributes")
def deep(scene):
    tail = "<p>" + "Nobody had painted the house for years, said the miller. " * 20
    scene.add("odd/deep.html", "<div>" * 1_000_000 + tail)
    scene.add("odd/attributes.html", "<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">" + tail)
    scene.remember()
    code, cpu, peak = scene.measure()
    if code not in (0, 3) or peak > 400:
        raise Wrong(f"exit code {code}, {peak:.0f} MB")
    scene.look()
    for name in ("deep", "attributes"):
        if b"said the miller" not in scene.clean.get(f"odd/{name}.html.txt", b""):
            raise Wrong(f"{name}.html has lost its text")
    report = json.loads((scene.out / "winnow-report.json").read_text())
    if "depth" not in json.dumps(report):
        raise Wrong("no page is called degraded")
    scene.recover()
    return f"code {code}, {cpu:.1f} s of CPU, {peak:.0f} MB with {scene.pages} other pages"


@fault("5, 46", "a page over its time, its end tags without start tags")
def stray(scene):
    scene.configure(', "limits": {"seconds": 0.2}')
    # Where it is cut depends on the machine: only the others must be the same.
    page = scene.add("stray.html", "<p>" + "word " * 50 + "<div>" * 1000 + "</i></b>x" * 3_000_000)
    expect(scene.run(), 3)
    report = json.loads((scene.out / "winnow-report.json").read_text())
    if "time" not in report["degraded"]:
        raise Wrong("the page is not called cut")
    if len(scene.documents()) != scene.pages + 1:
        raise Wrong(f"{len(scene.documents())} documents")
    page.unlink()
    (scene.out / "stray.html.txt").unlink()
    scene.recover()


@fault("6", "one page of 2 GB")
def large(scene):
    page = scene.folder / "in" / "large.html"
    with open(page, "wb") as file:
        file.truncate(2 << 30)
    scene.age(page)
    scene.remember()
    expect(scene.run(before=["prlimit", "--as=1500000000"]), 3, "large.html: has 2147483648 bytes")
    scene.recover()


@fault("7", "JSON Lines: a line of 100 MB, bad lines, BOM, CRLF, NUL")
def lines(scene):
    def line(number):
        return json.dumps({"html": PAGE.format(number)}).encode()
    bad = [b'{"html": ', b"[1]", b"7", b'{"html": 5}', b'{"html": "\\ud800 x"}', b'{"a": "\x00"}',
           b"\xff\xfe"]
    content = b"\xef\xbb\xbf" + line("first") + b"\r\n\n" + b"\n".join(bad) + b"\n"
    content += b'{"html": "' + b"x" * 100_000_000 + b'"}\n' + line("last")
    page = scene.add("many.jsonl", content)
    scene.remember()
    expect(scene.run(), 3, "many.jsonl/")
    scene.look()
    numbers = sorted(int(name.split("/")[1].split(".")[0]) for name in scene.documents()
                     if name.startswith("many.jsonl/"))
    last = 2 + len(bad) + 2
    if 1 not in numbers or last not in numbers:
        raise Wrong(f"documents of the lines {numbers}")
    report = (scene.out / "winnow-report.json").read_text()
    failed = report.count("many.jsonl/")
    page.unlink()
    scene.add("many.jsonl", content)
    scene.recover(code=3)
    return f"documents of the lines {numbers}, {failed} failures by line and offset"


@fault("8", "JSON nested 100,000 deep, stacks of 256 KB")
def nested(scene):
    deep = b'{"html": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    scene.add("deep.jsonl", deep + json.dumps({"html": PAGE.format("after")}).encode() + b"\n")
    (scene.folder / "deep.json").write_bytes(deep)
    scene.remember()
    limited = ["sh", "-c", 'ulimit -s 256; exec "$0" "$@"']
    expect(scene.run(before=limited), 3, "deep.jsonl/0000000001")
    scene.look()
    expect(scene.run("deep.json", before=limited), 1)
    if not (scene.out / "deep.jsonl" / "0000000002.txt").exists():
        raise Wrong("the line after has no document")
    scene.recover(code=0)


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
    if len(scene.documents()) != scene.pages + len(many):
        raise Wrong(f"{len(scene.documents())} documents")
    scene.recover()


@fault("18", "paths of 8,000 bytes")
def long_path(scene):
    handle = os.open(scene.folder / "in", os.O_RDONLY)
    for _ in range(40):
        name = "d" * 200
        os.mkdir(name, dir_fd=handle)
        inner = os.open(name, os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    with open(os.open("page.html", os.O_WRONLY | os.O_CREAT, dir_fd=handle), "w") as file:
        file.write(PAGE.format("deep down"))
    os.close(handle)
    scene.remember()
    expect(scene.run(), 0)
    scene.look()
    if len(scene.documents()) != scene.pages + 1:
        raise Wrong(f"{len(scene.documents())} documents")
    scene.recover()


@fault("19-20", "links in circles, to nothing and to folders; pipe, socket, device")
def links(scene):
    folder = scene.folder / "in"
    (folder / "self.html").symlink_to("self.html")
    (folder / "nowhere.html").symlink_to("nowhere")
    (folder / "loop").symlink_to(".")
    (folder / "up").symlink_to("..")
    os.mkfifo(folder / "pipe.html")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket.html"))
    if os.getuid() == 0:
        os.mknod(folder / "zero.html", 0o20666, os.makedev(1, 5))
    scene.remember()
    expect(scene.run(timeout=60), 3)
    if len(scene.documents()) != scene.pages:
        raise Wrong(f"{len(scene.documents())} documents")
    scene.recover(code=3)


@fault("21", "a page vanishes before it is opened")
def vanishes(scene):
    expect(scene.run(before=strace("-P", "5/5.html", "-e", "trace=openat", "-e",
                                   "inject=openat:error=ENOENT")), 3, "vanished")
    scene.look()
    scene.recover()


def changing(scene, change, code, words=""):
    """A run that reads a page slowly, and what happens to the page meanwhile."""
    page = scene.folder / "in/5/5.html"
    slow = strace("-P", str(page), "-e", "trace=read", "-e", "inject=read:delay_exit=400000")
    over = threading.Event()

    def work():
        # Once the page is open, reading it takes 0.4 s or more.
        while not over.is_set() and not scene.out.exists():
            time.sleep(0.01)
        change(page, over)
    worker = threading.Thread(target=work)
    worker.start()
    try:
        expect(scene.run(before=slow), code, words)
    finally:
        over.set()
        worker.join()


@fault("22", "a page changes as long as it is read")
def unstable(scene):
    def change(page, over):
        number = 0
        while not over.is_set():
            number += 1
            with open(page, "a") as file:
                file.write(f"<p>more {number}</p>")
            time.sleep(0.02)
    changing(scene, change, 3, "changed twice while it was read")
    documents = scene.documents()
    if "5/5.html.txt" in documents or len(documents) != scene.pages - 1:
        raise Wrong(f"{len(documents)} documents")
    scene.remember()
    scene.recover()


@fault("22", "a page shrinks while it is read")
def shrinks(scene):
    page = scene.folder / "in/5/5.html"
    page.write_text(PAGE.format("long") * 50)

    done = {}

    def once(page, over):
        # In the first of the slow reads; the second look finds the page at rest.
        time.sleep(0.1)
        page.write_text(PAGE.format("short"))
        done["yes"] = True
    changing(scene, once, 0)
    scene.remember()
    scene.recover()
    return "" if done else "the change came too late"


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
    expect(scene.run(before=strace("-P", str(scene.folder / "in/5/5.html"), "-e", "trace=read",
                                   "-e", "inject=read:error=EIO")), 3, "cannot be read")
    scene.look()
    scene.recover()
