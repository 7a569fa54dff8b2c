"""Faults of the disk: rows 25 to 29 and 49."""

import subprocess

from scene import Skip, Wrong, expect, fault, mounted, needs, strace


def fills(options, larger):
    def body(scene):
        # 2 kB a page: half of what they need.
        with mounted(scene.out, options.format(max(100, 2 * scene.pages))):
            expect(scene.run(), 1, "No space left on device")
            scene.look()
            subprocess.run(["mount", "-o", f"remount,{larger}", scene.out], check=True)
            scene.recover()
    return body


fault("25", "the disk is full")(fills("size={}k", "size=50m"))
fault("25", "the disk is full at once")(fills("size=20k", "size=50m"))
fault("26", "no inodes left")(fills("size=50m,nr_inodes=40", "nr_inodes=9000"))


@fault("27", "the output is read-only")
def read_only(scene):
    expect(scene.run(), 0)
    with mounted(scene.out, "size=1m,ro"):
        expect(scene.run(), 1, "Read-only file system")
    scene.recover()


@fault("27", "the output may not be changed (chattr +i)")
def immutable(scene):
    needs("chattr")
    scene.out.mkdir()
    if subprocess.run(["chattr", "+i", scene.out], stderr=subprocess.DEVNULL).returncode:
        raise Skip("may not chattr +i here")
    try:
        expect(scene.run(), 1)
    finally:
        subprocess.run(["chattr", "-i", scene.out], check=True)
    scene.recover()


@fault("28", "a limit on the size of files")
def file_size(scene):
    needs("prlimit")
    expect(scene.run(before=["prlimit", "--fsize=1024"]), 1)
    scene.look()
    scene.recover()


def injected(call, error):
    def body(scene):
        when = "" if call == "syncfs" else ":when=2+"
        got = scene.run(before=strace(
            "-e", f"trace={call}", "-e", f"inject={call}:error={error}{when}"))
        if got[0] not in (1, 3):
            raise Wrong(f"exit code {got[0]}: {got[1][:2]}")
        scene.look()
        scene.recover()
        return f"code {got[0]}"
    return body


fault("29", "what was written cannot be made lasting")(injected("syncfs", "EIO"))
fault("29", "a folder cannot be made lasting")(injected("fsync", "EIO"))
fault("29", "a document cannot get its name")(injected("renameat", "EXDEV"))


@fault("49", "a slow disk")
def slow(scene):
    expect(scene.run(before=strace(
        "-e", "trace=syncfs,fsync,renameat", "-e",
        "inject=syncfs,fsync,renameat:delay_enter=5000")), 0)
    scene.recover()
