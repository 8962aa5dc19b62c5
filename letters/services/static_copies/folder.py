"""The folder of static copies: files are put there whole, and taken away. Nothing outside it is ever touched.

Below it everything stands at the path of its address, so a plain web server with the folder as its root answers under
the same addresses as the site.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import posixpath
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

SUMS = "SHA256SUMS"  # as sha256sum -c wants it, in the folder of the letter
FILE_MODE, FOLDER_MODE = 0o644, 0o755  # a web server reads them, whoever it runs as
STAGED, GONE = ".staged", ".gone"
LEFT_BEHIND = 600.0  # seconds after which what is staged, or in no SHA256SUMS yet, belongs to a worker that was killed
SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,150}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Outside(Exception):
    """What leads to no place of the folder's own."""


def root() -> Path:
    return Path(settings.PUBLISHED_DIR).resolve()


def name_of(path: str) -> str:
    """The file from which a plain web server answers at the path of an address. Raises Outside."""
    *folders, last = path.removeprefix("/").split("/")
    parts = [*folders, last or "index.html"]
    if not path.startswith("/") or not all(SEGMENT.fullmatch(part) for part in parts):
        raise Outside(path)
    return "/".join(parts)


@contextlib.contextmanager
def stage(slug: str) -> Iterator[Path]:
    """A place beside, on the same disk and closed to others, for files of a letter that are not finished."""
    at = Path(tempfile.mkdtemp(prefix=f"{_home(slug).name}.", dir=_made(STAGED)))
    try:
        yield at
    finally:
        shutil.rmtree(at, ignore_errors=True)


def write(at: Path, content: bytes) -> None:
    """A new file, on the disk before anything is said of it."""
    with open(os.open(at, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
        os.fchmod(file.fileno(), FILE_MODE)  # whatever the umask
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def put(staged: Path, name: str) -> None:
    """Have it stand under its name: at every moment the old one is there, or the new one. Raises Outside."""
    *folders, last = name_of(f"/{name}").split("/")
    parent = _made(*folders)
    target = parent / last
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    os.replace(staged, target)
    _settle(parent)


def write_sums(slug: str, content: bytes) -> None:
    with stage(slug) as staged:
        write(staged / SUMS, content)
        put(staged / SUMS, f"letters/{slug}/{SUMS}")


def holds(name: str, digest: str) -> bool:
    """Whether the file that stands there has this SHA-256."""
    return _hash(root() / name) == digest


def read(name: str) -> bytes:
    """What stands there, or nothing."""
    try:
        return (root() / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return b""


def spare(name: str) -> None:
    """Say that a file is wanted: a copy that is being written has it, whose SHA256SUMS is not there yet."""
    with contextlib.suppress(OSError):
        os.utime(root() / name)


def sums(slug: str) -> bytes:
    """What SHA256SUMS of a letter says, or nothing."""
    try:
        return (_home(slug) / SUMS).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""


def summed(slug: str, hashes: dict[str, str]) -> bytes:
    """What it should say of these files: {name: SHA-256}."""
    home = f"letters/{slug}"
    lines = {posixpath.relpath(name, home): digest for name, digest in hashes.items()}
    return "".join(f"{lines[name]}  {name}\n" for name in sorted(lines)).encode()


def is_whole(slug: str, digest: str) -> bool:
    """Whether SHA256SUMS is the one with that SHA-256, and every file is as it says."""
    said = sums(slug)
    if not said or hashlib.sha256(said).hexdigest() != digest:
        return False
    return all(holds(name, expected) for name, expected in listed(slug).items())


def listed(slug: str) -> dict[str, str]:
    """What SHA256SUMS has: {name: SHA-256}."""
    found = map(LINE.fullmatch, sums(slug).decode(errors="replace").splitlines())
    return {posixpath.normpath(f"letters/{slug}/{one[2]}"): one[1] for one in found if one}


def files(slug: str) -> set[str]:
    """The names of all that stands there of a letter."""
    names = set()
    for top in _tops(slug):
        for at, _folders, inside in os.walk(top):
            names |= {(Path(at) / name).relative_to(root()).as_posix() for name in inside}
    return names


def drop(name: str) -> None:
    """Take one file away, and the folders that are empty then."""
    at = root() / name_of(f"/{name}")
    at.unlink(missing_ok=True)
    _prune(at.parent)


def take_away(slug: str) -> bool:
    """Take all of a letter away; whether anything was there. Each of its folders is gone in one step, then what was in
    it is deleted. Raises OSError for what cannot be."""
    taken = False
    for top in _tops(slug):
        moved = _made(GONE) / f"{slug}.{secrets.token_hex(16)}"
        with contextlib.suppress(FileNotFoundError):  # another one was faster
            os.rename(top, moved)
            _settle(top.parent)
            taken = True
        _prune(top.parent)
    left = [*_inside(root() / GONE), *_inside(root() / STAGED)]  # also of an earlier try
    _remove_all([one for one in left if one.name.startswith(f"{slug}.")])
    return taken


def slugs() -> set[str]:
    """The letters of which something is there."""
    return {one.name for shelf in _shelves() for one in _inside(shelf) if SEGMENT.fullmatch(one.name)}


def tidy() -> None:
    """Take away what a killed worker left, and the style sheets that no copy has any more, nor one that is being
    written. Raises OSError for what cannot be."""
    static = root() / settings.STATIC_URL.strip("/")
    found = [] if static.is_symlink() else static.rglob("*")
    there = {one.relative_to(root()).as_posix() for one in found if one.is_file()}
    used = {name for slug in slugs() for name in listed(slug)} if there else set()
    for name in there - used:
        if _is_old(root() / name):
            drop(name)
    _remove_all([*_inside(root() / GONE), *filter(_is_old, _inside(root() / STAGED))])


def is_writable() -> bool:
    """Whether this process could write there."""
    at = root()
    while not at.exists() and at != at.parent:
        at = at.parent
    return at.is_dir() and os.access(at, os.W_OK | os.X_OK)


def _home(slug: str) -> Path:
    if not SEGMENT.fullmatch(slug):
        raise Outside(slug)
    return root() / "letters" / slug


def _tops(slug: str) -> list[Path]:
    """The folders of a letter that are there."""
    name = _home(slug).name
    return [shelf / name for shelf in _shelves() if os.path.lexists(shelf / name)]


def _shelves() -> list[Path]:
    """Where letters have their folders: the plain one, and one for each language that has or had a prefix."""
    languages = [one for one in _inside(root()) if LANGUAGE.fullmatch(one.name) and not one.is_symlink()]
    return [root() / "letters", *(one / "letters" for one in languages)]


def _inside(folder: Path) -> list[Path]:
    """What stands in one of our folders; a link leads to somebody else's."""
    return [] if folder.is_symlink() or not folder.is_dir() else sorted(folder.iterdir())


def _made(*parts: str) -> Path:
    """A folder below, made if it is not there. A link would lead elsewhere: what was put there would be, too."""
    at = root()
    at.parent.mkdir(parents=True, exist_ok=True)
    for part in ("", *parts):
        at /= part
        if part and at.is_symlink():
            raise Outside(f"{at} is a link")
        with contextlib.suppress(FileExistsError):
            at.mkdir()
            at.chmod(FOLDER_MODE)
    return at


def _is_old(at: Path) -> bool:
    try:
        return time.time() - at.lstat().st_mtime > LEFT_BEHIND
    except FileNotFoundError:
        return False


def _remove_all(found: list[Path]) -> None:
    """One that cannot be removed keeps none of the others; then it is raised."""
    failed = None
    for one in found:
        try:
            _remove(one)
        except OSError as error:
            failed = failed or error
    if failed:
        raise failed


def _remove(at: Path) -> None:
    if at.is_symlink() or at.is_file():
        at.unlink(missing_ok=True)
        return
    shutil.rmtree(at, ignore_errors=True)  # as much as can be
    if os.path.lexists(at):
        with contextlib.suppress(FileNotFoundError):  # another one was faster
            shutil.rmtree(at)  # says what cannot be


def _prune(folder: Path) -> None:
    """Away with folders in which nothing is left, up to the root."""
    with contextlib.suppress(OSError):  # not empty, or gone already
        while folder != root():
            folder.rmdir()
            folder = folder.parent


def _settle(folder: Path) -> None:
    """What was renamed in it stays so if the power fails."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hash(at: Path) -> str:
    try:
        with at.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
