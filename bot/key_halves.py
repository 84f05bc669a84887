"""The other halves of the keys: a small file beside the key file, without which no key in the database opens.

Here: making, reading and erasing halves. Not here: what they are half of (`bot.store.seal`). Guarantees: what is erased is gone at once and
for good, so that content whose key is destroyed opens nowhere, however old the backup of the database; halves are on disk before any key
needs them; a file that others than its owner can read is refused.

A backup of a database holds its wrapped keys, and the key file opens those. So each key is wrapped once more with a half of its own. Halves
are only ever added or erased: the newest copy of this file serves every backup of the database, and older copies need not be kept. The
file has a first line of 32 bytes, then 32 random bytes for each half; zeros where one is erased.
"""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bot.keyfile import OWNER_ONLY, KeyFileRefused, refuse_unsafe

HALF_BYTES: Final = 32
ERASED: Final = bytes(HALF_BYTES)
FIRST_LINE: Final = b"samrad key halves 1\n".ljust(HALF_BYTES - 1) + b"\n"
ADDED_AT_ONCE: Final = 4096
"""128 KB: so seldom does the file grow, and so seldom need a copy of it be made anew."""


def beside(key_file: Path) -> Path:
    """Where the halves lie: beside the key file."""
    return key_file.with_name(key_file.name + ".halves")


class KeyHalves:
    """The halves in a file. Numbers begin at 1."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def exists(self) -> bool:
        return self.path.exists() or self.path.is_symlink()

    def count(self) -> int:
        """How many there are, the erased ones too; 0 where there is no file yet. Raises `KeyFileRefused`."""
        return self._whole() if self.exists else 0

    def half(self, number: int) -> bytes | None:
        """One half, or None where it has been erased. Raises `KeyFileRefused` where there is none of that number."""
        with self._opened(os.O_RDONLY) as descriptor:
            found = os.pread(int(descriptor), HALF_BYTES, number * HALF_BYTES)
        if number < 1 or len(found) != HALF_BYTES:
            raise KeyFileRefused(f"{self.path} ends before half {number}: it is older than the database. Put its newest copy back.")
        return None if found == ERASED else found

    def erased(self) -> frozenset[int]:
        """The numbers of all that have been erased. Raises `KeyFileRefused`."""
        count = self.count()
        content = self.path.read_bytes() if count else b""
        return frozenset(n for n in range(1, count + 1) if content[n * HALF_BYTES : (n + 1) * HALF_BYTES] == ERASED)

    def add(self) -> None:
        """Add fresh halves, on disk when this returns. Raises `KeyFileRefused`."""
        if not self.exists:
            self._make()
        end = (self._whole() + 1) * HALF_BYTES
        with self._opened(os.O_WRONLY) as descriptor:
            _write(int(descriptor), secrets.token_bytes(HALF_BYTES * ADDED_AT_ONCE), end)

    def erase(self, numbers: Iterable[int]) -> None:
        """Overwrite halves with zeros, on disk when this returns. Raises `KeyFileRefused`."""
        with self._opened(os.O_WRONLY) as descriptor:
            for number in numbers:
                if number < 1:
                    raise ValueError("halves begin at 1")
                _write(int(descriptor), ERASED, number * HALF_BYTES)

    def _make(self) -> None:
        draft = self.path.with_name(f"{self.path.name}.{secrets.token_hex(8)}")
        try:
            with _Descriptor(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWNER_ONLY)) as opened:
                _write(int(opened), FIRST_LINE, 0)
            # A link is refused where the name is taken, and the file is whole from its first moment.
            os.link(draft, self.path)
        except OSError as error:
            wrong = os.strerror(error.errno or 0)
            raise KeyFileRefused(f"{self.path} cannot be made ({wrong}): let this user write in its folder.") from error
        finally:
            draft.unlink(missing_ok=True)
        with _Descriptor(os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)) as opened:
            os.fsync(int(opened))

    def _opened(self, mode: int) -> "_Descriptor":
        try:
            descriptor = os.open(self.path, mode | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError as error:
            raise KeyFileRefused(
                f"{self.path} cannot be opened ({os.strerror(error.errno or 0)}). Without it nothing in the database opens: "
                "put its newest copy back, beside the key file."
            ) from error
        try:
            refuse_unsafe(self.path, os.fstat(descriptor))
        except KeyFileRefused:
            os.close(descriptor)
            raise
        return _Descriptor(descriptor)

    def _whole(self) -> int:
        """How many halves; what a crash has left of one at the end is not counted, and is written over."""
        with self._opened(os.O_RDONLY) as descriptor:
            if os.pread(int(descriptor), HALF_BYTES, 0) != FIRST_LINE:
                raise KeyFileRefused(f"{self.path} is not a file of key halves, or is damaged. Put its newest copy back.")
            return os.fstat(int(descriptor)).st_size // HALF_BYTES - 1


class _Descriptor:
    """An open file that is closed at the end of a `with`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __int__(self) -> int:
        return self._descriptor

    def __enter__(self) -> "_Descriptor":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


def _write(descriptor: int, content: bytes, place: int) -> None:
    while content:
        written = os.pwrite(descriptor, content, place)
        content, place = content[written:], place + written
    os.fsync(descriptor)
