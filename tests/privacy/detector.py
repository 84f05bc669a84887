"""Looking for secrets in bytes: as they are, in other encodings, compressed, backwards, and as hashes.

Here: the search. Not here: where the bytes come from. Guarantee: a secret is looked for in every form of `forms`, in the bytes as they
are and in what they hold when they are unpacked.
"""

import base64
import gzip
import hashlib
import html
import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote, quote_plus, unquote_to_bytes

from ahocorasick_rs import BytesAhoCorasick

from tests.privacy.made_up import MARK

HASHES = ("md5", "sha1", "sha256")
LONG_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")


def encodings(words: str) -> Iterator[tuple[str, bytes]]:
    """A text in twelve encodings and more, each with its name."""
    raw = words.encode()
    yield "utf-8", raw
    yield "latin-1", words.encode("latin-1", "replace")
    yield "utf-16-le", words.encode("utf-16-le")
    yield "utf-16-be", words.encode("utf-16-be")
    for offset in range(3):
        # What the neighbours do not touch: whole groups of three bytes from the offset on.
        inner = raw[(3 - offset) % 3 :]
        inner = inner[: len(inner) // 3 * 3]
        yield f"base64 at {offset}", base64.b64encode(inner)
        yield f"base64 for addresses at {offset}", base64.urlsafe_b64encode(inner)
    yield "hex", raw.hex().encode()
    yield "address", quote(words, safe="").encode()
    yield "form", quote_plus(words).encode()
    yield "json", json.dumps(words)[1:-1].encode()
    yield "html", html.escape(words).encode()
    yield "html by number", "".join(each if each.isascii() else f"&#{ord(each)};" for each in words).encode()
    yield "html in hex", "".join(each if each.isascii() else f"&#x{ord(each):x};" for each in words).encode()
    yield "backwards", words[::-1].encode()
    for form in ("NFC", "NFD", "NFKC"):
        yield form, unicodedata.normalize(form, words).encode()


@lru_cache(maxsize=4096)
def forms(secret: str) -> tuple[tuple[str, bytes], ...]:
    """Every form of a secret, in lower case, without doubles."""
    found: dict[bytes, str] = {}
    for words in (secret, secret.replace(" ", "")):
        for name, shape in encodings(words):
            found.setdefault(shape.lower(), name)
    return tuple((name, shape) for shape, name in found.items())


@lru_cache(maxsize=4096)
def fingerprints(secret: str) -> tuple[tuple[str, bytes], ...]:
    """Every fingerprint of a secret: as bytes, in hex and in base64, in lower case, without what fills it up."""
    found: dict[bytes, str] = {}
    for name in HASHES:
        for words in (secret, secret.casefold()):
            digest = hashlib.new(name, words.encode(), usedforsecurity=False)
            packed = base64.b64encode(digest.digest()).rstrip(b"=")
            for shape in (digest.hexdigest().encode(), digest.digest(), packed, packed.translate(bytes.maketrans(b"+/", b"-_"))):
                found.setdefault(shape.lower(), name)
    return tuple((name, shape) for shape, name in found.items())


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes, and what they hold when they are read as an address, or unpacked."""
    yield data
    # What has other signs in it is no address and no form.
    plain = unquote_to_bytes(data.replace(b"+", b" ")) if data.isascii() else data
    if plain != data:
        yield plain
    for piece in (data, *(_decoded(match.group()) for match in LONG_BASE64.finditer(plain))):
        for unpack in (gzip.decompress, zlib.decompress, lambda packed: zlib.decompress(packed, -zlib.MAX_WBITS)):
            try:
                yield unpack(piece)
            except (OSError, EOFError, zlib.error):
                continue


def _decoded(match: bytes) -> bytes:
    plain = match.replace(b"-", b"+").replace(b"_", b"/").rstrip(b"=")
    whole = plain[:-1] if len(plain) % 4 == 1 else plain
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))


@lru_cache(maxsize=8)
def search(secrets: tuple[tuple[str, str], ...]) -> tuple[BytesAhoCorasick, tuple[tuple[str, str], ...]]:
    """What finds every form and fingerprint of these secrets in one reading, and what each of them is."""
    shapes = [("a made-up word", form, shape) for form, shape in forms(MARK)]
    for name, secret in secrets:
        shapes += [(name, form, shape) for form, shape in (*forms(secret), *fingerprints(secret))]
    return BytesAhoCorasick([shape for _, _, shape in shapes]), tuple((name, form) for name, form, _ in shapes)


def leaks(secrets: Mapping[str, str], places: Mapping[str, Iterable[bytes]]) -> list[str]:
    """Every secret found, with the place and the form: empty where nothing leaked."""
    found = []
    automaton, names = search(tuple(secrets.items()))
    for place, data in places.items():
        pieces = {shape.lower() for each in set(data) for shape in unpacked(each)}
        matches = automaton.find_matches_as_indexes(b"\x00".join(sorted(pieces)), overlapping=True)
        found += [f"{name} in {place} as {form}" for name, form in sorted({names[which] for which, _, _ in matches})]
    return found
