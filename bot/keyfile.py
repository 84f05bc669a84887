"""The key file: the secrets that lie outside the database.

Here: making, reading and rotating the wrapping keys (they wrap the key of each case and person) and the key for message authentication
codes. Not here: what is done with them (`bot.store.seal`) and where the file lies (`bot.settings`, SAMRAD_KEY_FILE). Guarantees: a file
that others than its owner can read is refused; an existing key file is never overwritten; a new one is never made for a database that
already exists, since nothing in that database would open with it; a crash leaves either the old file or the new one, whole.

The file has one JSON object a line: `{"kind": "wrapping", "id": …, "secret": base64 of 32 bytes, "created": …}`, newest first, and one of
kind `mac`.
"""

import base64
import binascii
import json
import os
import secrets
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

SECRET_BYTES = 32
OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR
MORE_THAN_OWNER = stat.S_IRWXG | stat.S_IRWXO
SETTING = "SAMRAD_KEY_FILE"


class KeyFileRefused(Exception):
    """The key file cannot be used. The message says what is wrong and what to do, and never what is in the file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WrappingKey:
    """A key that wraps the keys of cases and persons. `secret` is 32 bytes; `created` is aware, in UTC."""

    id: str
    secret: bytes = field(repr=False)
    created: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyFile:
    """What the key file holds. The first of `wrapping` wraps; every one of them unwraps."""

    path: Path
    wrapping: tuple[WrappingKey, ...]
    mac_key: bytes = field(repr=False)

    def add_key(self) -> "KeyFile":
        """Put a fresh wrapping key first, in the file too. The older ones stay, so that what they wrapped still opens.

        Raises `KeyFileRefused` when the file has changed since it was read, or when somebody else is changing it.
        """
        fresh = self.path.with_name(self.path.name + ".new")
        rotated = KeyFile(path=self.path, wrapping=(_new_wrapping_key(), *self.wrapping), mac_key=self.mac_key)
        try:
            # Its name is the lock: two rotations at once would each lose the other's key.
            _write_new(fresh, _lines(rotated))
        except FileExistsError:
            raise KeyFileRefused(
                f"{fresh} exists: a key is being added, or adding one was cut off. If nothing else is running, remove it and try again."
            ) from None
        try:
            if load(self.path) != self:
                raise KeyFileRefused(f"The key file {self.path} has changed since it was read. Start again, then add the key.")
            fresh.replace(self.path)
        finally:
            fresh.unlink(missing_ok=True)
        _sync_directory(self.path.parent)
        return rotated


def load_or_create(path: Path, *, database_exists: bool) -> KeyFile:
    """The key file at `path`; a new one, readable by its owner alone, at the first start.

    Raises `KeyFileRefused` when the database exists and the key file does not, and for everything that `load` refuses.
    """
    if path.exists() or path.is_symlink():
        return load(path)
    if database_exists:
        raise KeyFileRefused(
            f"The database exists, but its key file {path} does not. A new key would leave everything in the database unreadable. "
            f"Put the key file back from your backup, or let {SETTING} name the place where it is."
        )
    made = KeyFile(path=path, wrapping=(_new_wrapping_key(),), mac_key=secrets.token_bytes(SECRET_BYTES))
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        _write_new(draft, _lines(made))
        # A link is refused where the name is taken, also when another process took it this very moment.
        os.link(draft, path)
    except FileExistsError:
        return load(path)
    except OSError as error:
        raise KeyFileRefused(
            f"The key file {path} cannot be made ({os.strerror(error.errno or 0)}). Make its folder and let this user write there, "
            f"or let {SETTING} name another place."
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    _sync_directory(path.parent)
    return made


def load(path: Path) -> KeyFile:
    """Read a key file. Raises `KeyFileRefused` when it is missing, open to others, somebody else's or damaged."""
    try:
        # Not blocking, so that a pipe put in its place cannot hold up the start.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise KeyFileRefused(
            f"The key file {path} cannot be read ({os.strerror(error.errno or 0)}). "
            f"Let {SETTING} name the file that belongs to this database."
        ) from error
    with os.fdopen(descriptor, encoding="utf-8", errors="replace") as opened:
        refuse_unsafe(path, os.fstat(opened.fileno()))
        return _parsed(path, opened.read().splitlines())


def refuse_unsafe(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise KeyFileRefused(f"{path} is not a file. Let {SETTING} name a file.")
    if status.st_uid != os.geteuid():
        raise KeyFileRefused(
            f"The key file {path} belongs to user {status.st_uid}, but Samråd runs as user {os.geteuid()}. "
            f"Give it to that user: chown {os.geteuid()} {path}"
        )
    if status.st_mode & MORE_THAN_OWNER:
        mode = stat.S_IMODE(status.st_mode)
        raise KeyFileRefused(
            f"The key file {path} is open to others (mode {mode:04o}). Close it: chmod 600 {path}. "
            "If others may have read it, add a new key too."
        )


def _parsed(path: Path, lines: Sequence[str]) -> KeyFile:
    wrapping: list[WrappingKey] = []
    macs: list[bytes] = []
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            secret = base64.b64decode(entry["secret"], validate=True)
            if len(secret) != SECRET_BYTES:
                raise ValueError("a key of another length")
            if entry["kind"] == "mac":
                macs.append(secret)
            elif entry["kind"] == "wrapping":
                created = datetime.fromisoformat(entry["created"]).astimezone(UTC)
                wrapping.append(WrappingKey(id=str(entry["id"]), secret=secret, created=created))
            else:
                raise ValueError("an unknown kind")
        except (ValueError, KeyError, TypeError, binascii.Error):
            # Without the cause: it would quote the line, and the line holds a secret.
            raise KeyFileRefused(f"Line {number} of the key file {path} is damaged. Put the file back from your backup.") from None
    if not wrapping or len(macs) != 1 or len({key.id for key in wrapping}) != len(wrapping):
        raise KeyFileRefused(
            f"The key file {path} must hold one mac key and at least one wrapping key, each with its own id. "
            "Put the file back from your backup."
        )
    return KeyFile(path=path, wrapping=tuple(wrapping), mac_key=macs[0])


def _lines(keys: KeyFile) -> Iterable[str]:
    for key in keys.wrapping:
        secret = base64.b64encode(key.secret).decode()
        yield json.dumps({"kind": "wrapping", "id": key.id, "secret": secret, "created": key.created.isoformat()})
    yield json.dumps({"kind": "mac", "secret": base64.b64encode(keys.mac_key).decode()})


def _new_wrapping_key() -> WrappingKey:
    created = datetime.now(UTC).replace(microsecond=0)
    return WrappingKey(id=f"{created:%Y%m%d}-{secrets.token_hex(4)}", secret=secrets.token_bytes(SECRET_BYTES), created=created)


def _write_new(path: Path, lines: Iterable[str]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.writelines(f"{line}\n" for line in lines)
        opened.flush()
        os.fsync(opened.fileno())


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
