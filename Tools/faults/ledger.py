"""Faults of the ledger and of what it knows: rows 35 to 42."""

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import time

from scene import PAGE, Wrong, expect, fault, mounted


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
    harmed(statement("PRAGMA user_version = 99"), "is version 99, this program knows"))


@fault("40", "no room for the ledger")
def ledger_full(scene):
    own = scene.out / ".winnow"
    with mounted(own, "size=60k"):
        expect(scene.run(), 1, "No space left on device")
        # Nobody can read the ledger there: its log has no room either.
        if any(scene.clean[name] != each for name, each in scene.documents().items()
               if "/.winnow-tmp-" not in "/" + name):
            raise Wrong("a document is not as in a clean run")
        subprocess.run(["mount", "-o", "remount,size=50m", own], check=True)
        scene.recover()
        subprocess.run(["mount", "-o", "remount,ro", own], check=True)
        expect(scene.run(), 1, "Read-only file system")
        if scene.documents() != scene.clean:
            raise Wrong("documents were touched")
        subprocess.run(["mount", "-o", "remount,rw", own], check=True)
        scene.recover()
    # Without the ledger, all is done again.
    scene.recover()


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
