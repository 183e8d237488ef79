"""Writes and reads records with canoser, an independent implementation of BCS.

make SEED COUNT   prints records made from a seed: bytes in hexadecimal, a tab, the fields as JSON
read FILE         the same for records whose bytes stand in the file, one hexadecimal line each
"""
import json
import random
import sys

from canoser import Int64, RustEnum, RustOptional, Struct, Uint8, Uint16, Uint32, Uint64, Uint128


class Number(RustOptional):
    _type = Uint32


class Choice(RustEnum):
    _enums = [("nothing", None), ("number", Uint64), ("text", str)]


class Inner(Struct):
    _fields = [("small", Uint8), ("name", str)]


class Record(Struct):
    _fields = [
        ("byte", Uint8), ("word", Uint64), ("wide", Uint128), ("signed", Int64), ("text", str), ("flag", bool),
        ("numbers", [Uint16]), ("blob", bytes), ("option", Number), ("inners", [Inner]), ("choice", Choice),
    ]


def text(source, most):
    alphabet = "az09 \n\"\\é∞𝄞\u0000"
    return "".join(source.choice(alphabet) for _ in range(source.randint(0, most)))


def made(source):
    case = source.randint(0, 2)
    value = [None, source.getrandbits(64), text(source, 5)][case]
    return Record(
        source.getrandbits(8), source.getrandbits(64), source.getrandbits(128), source.getrandbits(64) - 2**63,
        text(source, 200), bool(source.getrandbits(1)), [source.getrandbits(16) for _ in range(source.randint(0, 200))],
        bytes(source.getrandbits(8) for _ in range(source.randint(0, 300))),
        Number(source.choice([None, source.getrandbits(32)])),
        [Inner(source.getrandbits(8), text(source, 4)) for _ in range(source.randint(0, 3))],
        Choice(["nothing", "number", "text"][case], value))


def fields(record):
    return {
        "byte": record.byte, "word": str(record.word), "wide": str(record.wide), "signed": str(record.signed),
        "text": record.text, "flag": record.flag, "numbers": record.numbers, "blob": bytes(record.blob).hex(),
        "option": record.option.value, "inners": [{"small": i.small, "name": i.name} for i in record.inners],
        "choice": record.choice.index, "value": "" if record.choice.value is None else str(record.choice.value),
    }


def say(record):
    print(record.serialize().hex(), json.dumps(fields(record)), sep="\t")


if sys.argv[1] == "make":
    source = random.Random(int(sys.argv[2]))
    for _ in range(int(sys.argv[3])):
        say(made(source))
else:
    for line in open(sys.argv[2]):
        say(Record.deserialize(bytes.fromhex(line.strip())))
