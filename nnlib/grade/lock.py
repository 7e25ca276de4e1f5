"""What the process of a submitted notebook may no longer do, once `lock` has been called.

Three layers: limits of the system; on Linux the kernel refuses files (Landlock) and system calls
(seccomp) for good, also to root; and a hook in Python refuses what the kernel cannot or does not.
"""

import ctypes
import os
import platform
import struct
import sys
from pathlib import Path

# The audit events of Python that a notebook of the book never needs.
REFUSED = (
    "_winapi.", "ctypes.", "gc.", "msvcrt.", "os.exec", "os.fork", "os.kill", "os.posix_spawn",
    "os.spawn", "os.startfile", "os.system", "pty.", "resource.", "signal.pthread_kill", "socket.",
    "sqlite3.", "subprocess.", "syslog.", "webbrowser.", "winreg.",
)  # fmt: skip
# Audit events whose first arguments are paths: reading, and changing.
READS = ("open", "os.listdir", "os.scandir", "os.chdir")
WRITES = ("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
          "os.symlink", "os.truncate", "os.utime", "os.mkfifo", "os.mknod")  # fmt: skip
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
DEVICES = ("/dev/null", "/dev/urandom", "/dev/random", "/dev/zero")


def lock(own, readable, hidden, seconds, memory):
    """Lock this process: `own` is its folder, `readable` may be read but for the folder `hidden`.

    Gives what this system lacks, in a few words each.
    """
    lacking = []
    own, hidden = Path(own).resolve(), Path(hidden).resolve()
    readable = [Path(path).resolve() for path in readable]
    kernel = _numbers() is not None
    for layer, words in (
        (lambda: _limits(seconds, memory, processes=not kernel), "a limit of memory"),
        (lambda: _landlock(own, readable, hidden), "Landlock, the kernel's lock on files"),
        (_seccomp, "seccomp, the kernel's lock on network and processes"),
    ):
        try:
            layer()
        except (ImportError, OSError, ValueError):
            lacking.append(words)
    sys.addaudithook(_hook(str(own), tuple(map(str, readable)), str(hidden)))
    return lacking


# -- limits ----------------------------------------------------------------------------------------


def _limits(seconds, memory, processes):
    import resource

    # a thread or process more is refused only where seccomp does not see to it
    limits = {"CORE": 0, "FSIZE": 100 << 20, "NOFILE": 256}
    limits |= {"NPROC": 0} if processes else {}
    for name, value in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))  # a signal, then the end
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))  # last: macOS refuses it


# -- Landlock: which files may be opened -----------------------------------------------------------

READ_FILE, READ_DIR = 1 << 2, 1 << 3
FILE_RIGHTS = 0b100_0000_0000_0110  # write, read, truncate


def _landlock(own, readable, hidden):
    if sys.platform != "linux":
        raise OSError("only Linux has it")
    version = _call(444, None, 0, 1)
    rights = (1 << {1: 13, 2: 14}.get(version, 15)) - 1
    rules = _call(444, struct.pack("Q", rights), 8, 0)
    for path in readable:
        for part, right in _but(path, hidden):
            _allow(rules, part, right & rights)
    _allow(rules, own, rights & ~1)  # all but to execute
    for device in DEVICES:
        _allow(rules, Path(device), FILE_RIGHTS & rights)
    _no_new_rights()
    _call(446, rules, 0)
    os.close(rules)


def _but(path, hidden):
    """A path with the right to read it; if `hidden` lies within, its other parts instead."""
    if path not in (hidden, *hidden.parents):
        yield path, READ_FILE | READ_DIR
    elif path != hidden:
        yield path, READ_DIR  # Python lists a folder of packages before it imports from it
        for part in path.iterdir():
            yield from _but(part, hidden)


def _allow(rules, path, rights):
    if not path.exists():
        return
    if not path.is_dir():
        rights &= FILE_RIGHTS
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    _call(445, rules, 1, struct.pack("=Qi", rights, place), 0)
    os.close(place)


def _call(number, *args):
    libc = ctypes.CDLL(None, use_errno=True)
    args = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    result = libc.syscall(ctypes.c_long(number), *args)
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused by the kernel")
    return result


def _no_new_rights():
    ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)  # without it the kernel takes no lock from a user


# -- seccomp: which system calls are refused -------------------------------------------------------

EVERYWHERE = {"clone3": 435, "io_uring_setup": 425, "pidfd_send_signal": 424, "pidfd_getfd": 438}
NUMBERS = {
    "x86_64": EVERYWHERE | {
        "architecture": 0xC000003E, "clone": 56, "prlimit64": 302, "socket": 41, "fork": 57,
        "vfork": 58, "execve": 59, "execveat": 322, "kill": 62, "ptrace": 101,
        "process_vm_readv": 310, "process_vm_writev": 311,
    },
    "aarch64": EVERYWHERE | {
        "architecture": 0xC00000B7, "clone": 220, "prlimit64": 261, "socket": 198,
        "execve": 221, "execveat": 281, "kill": 129, "ptrace": 117, "process_vm_readv": 270,
        "process_vm_writev": 271,
    },
}  # fmt: skip
ALLOW, REFUSE, UNKNOWN = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38  # EPERM, ENOSYS
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
THREAD = 0x10000  # clone with this flag starts a thread, without it a process


def _numbers():
    return NUMBERS.get(platform.machine()) if sys.platform == "linux" else None


def _seccomp():
    if _numbers() is None:
        raise OSError("not known here")
    calls = dict(_numbers())
    architecture = calls.pop("architecture")
    program = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, REFUSE),
               (LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, 0x40000000), (RETURN, 0, 0, REFUSE)]
    # after clone3 is "unknown", the C library starts its threads with clone
    program += [(EQUAL, 0, 1, calls.pop("clone3")), (RETURN, 0, 0, UNKNOWN)]
    clone, prlimit64 = calls.pop("clone"), calls.pop("prlimit64")
    for number in calls.values():
        program += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    program += [(EQUAL, 0, 3, clone), (LOAD, 0, 0, FIRST_ARGUMENT), (ANY_BIT, 1, 0, THREAD),
                (RETURN, 0, 0, REFUSE), (LOAD, 0, 0, NUMBER),
                (EQUAL, 0, 3, prlimit64), (LOAD, 0, 0, FIRST_ARGUMENT), (EQUAL, 1, 0, 0),
                (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]  # fmt: skip
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))
    _no_new_rights()
    filter = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    if ctypes.CDLL(None).prctl(22, 2, filter, 0, 0):
        raise OSError("refused by the kernel")


# -- the hook --------------------------------------------------------------------------------------


def _hook(own, readable, hidden):
    """A hook for sys.addaudithook. It stops what is tried openly; what it uses is bound here, so
    that a notebook that changes `os` changes nothing."""
    realpath, fsdecode, sep = os.path.realpath, os.fsdecode, os.sep

    def within(path, folder):
        return path == folder or path.startswith(folder.rstrip(sep) + sep)

    def refuse(what):
        raise PermissionError(f"{what} is not allowed while a notebook is graded")

    def may(path, write):
        if path is None or isinstance(path, int):  # the current folder, or what is open already
            return True
        path = realpath(fsdecode(path))
        if within(path, own) or path in DEVICES:
            return True
        return (not write and not within(path, hidden)
                and any(within(path, folder) for folder in readable))

    def hook(event, args):
        if event.startswith(REFUSED):
            refuse(event)
        if event in READS:
            write = event == "open" and isinstance(args[2], int) and args[2] & WRITE_FLAGS
            if not may(args[0], write):
                refuse(f"opening {args[0]!r}")
        elif event in WRITES:
            for path in args[:2]:
                if isinstance(path, str | bytes | os.PathLike) and not may(path, True):
                    refuse(f"changing {path!r}")

    return hook
