"""The seal: a class gets its exercises in a form that no search and no glance can read.

It is a lid, no lock: the checks need the answers, so whoever reads this file can open it. Worked
solutions are not under it; in what a class gets they are gone.
"""

import base64
import json
import sys
import types
import zlib

BANK = "bank.sealed"  # beside this file, in place of the chapters


def stir(data):
    """Bytes combined with a fixed stream (xorshift, 32 bits); done twice, they are as before."""
    x, out = 1234567, bytearray()
    for byte in data:
        x ^= x << 13 & 0xFFFFFFFF
        x ^= x >> 17
        x ^= x << 5 & 0xFFFFFFFF
        out.append(byte ^ x >> 24)
    return bytes(out)


def seal(value):
    """A value of JSON as a text for the page; widgets/js/seal.js opens it."""
    return base64.b64encode(stir(json.dumps(value).encode())).decode()


def pack(sources):
    """The banks as the bytes of one file; `sources` maps chapter1, ... to Python."""
    return stir(zlib.compress(json.dumps(sources).encode(), 9))


def unpack(data, package):
    """The modules of the banks that `pack` has put away, as parts of `package`."""
    for name, source in json.loads(zlib.decompress(stir(data))).items():
        module = types.ModuleType(f"{package}.{name}")
        module.__package__ = package
        sys.modules[module.__name__] = module
        exec(compile(source, f"<{name}, sealed>", "exec"), module.__dict__)
        yield module
