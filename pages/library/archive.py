"""Office files: zip archives of XML, opened member by member with a limit to each thing that can be big."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from pages.library.refusal import RefusedError

MOST_MEMBERS = 3000
MOST_UNPACKED = 150 * 1024 * 1024
LONGEST_XML = 40 * 1024 * 1024
# The part without which a file is not of its kind.
MAIN_PARTS = {
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
    "xl/workbook.xml": "xlsx",
}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
MACROS = re.compile(r"vbaProject|vbaData|/activeX/|^Basic/|^Scripts/|^Dialogs/|xl/macrosheets/", re.I)
MACRO_WORDS = re.compile(rb"macroEnabled|vnd\.sun\.star\.script:|application/vnd\.ms-office\.vbaProject", re.I)
# A link to a page is honest; a template, an object or a frame is fetched by opening the file.
FETCHED = re.compile(
    rb'<Relationship\b(?=[^>]*TargetMode\s*=\s*["\']External)(?![^>]*/(?:hyperlink|video|audio)["\'])', re.I
)

DAMAGED = "Ce fichier est abîmé, incomplet, ou n’est pas un document de bureautique."
PROGRAM = "Ce document contient des macros. Enregistrez-le sans macro, puis envoyez-le."


def read(path: Path) -> dict[str, Any]:
    """Which kind of document it is, by its content: `{"kind": "odt"}`."""
    _check_frame(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive)
            for name, content in _parts(archive):
                _check_part(name, content)
            return {"kind": _kind(archive)}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise RefusedError(DAMAGED) from error


def _check_frame(path: Path) -> None:
    """An archive from its first byte to its last: nothing before, nothing after."""
    content = path.read_bytes()
    end = content.rfind(b"PK\x05\x06")
    length = int.from_bytes(content[end + 20 : end + 22], "little")
    if not content.startswith(b"PK\x03\x04") or end < 0 or end + 22 + length != len(content):
        raise RefusedError(DAMAGED)


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise RefusedError("Ce document est trop lourd une fois ouvert. Réduisez ses images, puis envoyez-le.")
    if len({member.filename for member in members}) != len(members):
        raise RefusedError(DAMAGED)
    for member in members:
        inside = PurePosixPath(member.filename)
        linked = stat.S_ISLNK(member.external_attr >> 16)
        if inside.is_absolute() or ".." in inside.parts or "\\" in member.filename or linked:
            raise RefusedError(DAMAGED)
        if member.flag_bits & 1:
            raise RefusedError("Ce document est protégé par un mot de passe : il ne peut pas être vérifié.")
        if MACROS.search(member.filename):
            raise RefusedError(PROGRAM)


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Each XML part; the other members are read too, to their last byte, and dropped."""
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            if member.file_size > LONGEST_XML:
                raise RefusedError("Ce document est trop lourd une fois ouvert. Partagez-le en plusieurs.")
            yield member.filename, archive.read(member)
        else:
            with archive.open(member) as opened:
                while opened.read(1024 * 1024):
                    pass


def _check_part(name: str, content: bytes) -> None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    declares = b"<!ENTITY" in content or (b"<!DOCTYPE" in content and not name.startswith("META-INF/"))
    if declares or (name.endswith(".rels") and FETCHED.search(content)):
        raise RefusedError("Ce document va chercher des éléments ailleurs. Enregistrez-le sans modèle ni objet lié.")
    if MACRO_WORDS.search(content):
        raise RefusedError(PROGRAM)
    if name == "META-INF/manifest.xml" and b"encryption-data" in content:
        raise RefusedError("Ce document est protégé par un mot de passe : il ne peut pas être vérifié.")


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "mimetype" in names and {"content.xml", "META-INF/manifest.xml"} <= names:
        return OPEN_DOCUMENTS.get(archive.read("mimetype").strip(), "")
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in MAIN_PARTS.items() if part in names), "")
    return ""
