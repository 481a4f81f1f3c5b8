"""What a request's document is: its bytes, and the kind of file that they really are."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from jobs_backend import data_url, files
from jobs_backend.builtin.common import is_file_id
from jobs_backend.errors import FileStoreUnavailable, JobFailure, RetryableFailure

TEXT_KINDS = frozenset({"csv", "tsv", "html", "markdown", "text"})
IMAGE_KINDS = frozenset({"png", "jpeg", "tiff", "webp"})

# Kind by filename extension. What is not here is judged by its bytes and its declared type.
EXTENSIONS = {
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "xlsx",
    "csv": "csv",
    "tsv": "tsv",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "md": "markdown",
    "markdown": "markdown",
    "txt": "text",
    "text": "text",
    "log": "text",
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "tif": "tiff",
    "tiff": "tiff",
    "webp": "webp",
}
MIME_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "html": "text/html",
    "markdown": "text/markdown",
    "text": "text/plain",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "webp": "image/webp",
}
_KINDS_BY_MIME = {mime: kind for kind, mime in MIME_TYPES.items()}
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
)
_OLE_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A stream of this name in an OLE container holds an encrypted Office document.
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# Viewers look for a PDF's header in its first kilobyte, since mail programs put lines before it.
_PDF_HEADER_WITHIN = 1024


@dataclass(frozen=True)
class Source:
    """A document.

    Attributes:
        filename: as its sender calls it; a label, never a path.
        content: its bytes.
        kind: one of the keys of MIME_TYPES.
        charset: the encoding that its sender named, or None.
    """

    filename: str
    content: bytes
    kind: str
    charset: str | None = None

    @property
    def mime_type(self) -> str:
        """The MIME type of what it really is."""
        return MIME_TYPES[self.kind]

    @property
    def id(self) -> str:
        """An id of its content: the same bytes have the same id."""
        return f"file_{hashlib.blake2b(self.content, digest_size=16).hexdigest()}"


def read(document: dict[str, str], organization_id: str) -> Source:
    """Decode a request's document and find out what it is.

    Args:
        document: `{"filename": ..., "url": ...}`, the URL being a `data:` or an `https:` one or
            the id of a stored file.
        organization_id: whose job it is, and whose files it may have.

    Raises:
        JobFailure: the URL cannot be used or fetched, or the content is empty, encrypted, not of a
            kind that can be read, or of another kind than its filename says.
    """
    filename, url = document["filename"], document["url"]
    if is_file_id(url):
        filename, data = _stored(filename, url, organization_id)
    else:
        data = _decode(filename, url)
    if not data.content:
        raise JobFailure("document_empty", f"{filename} has no content.")
    kind = _kind(filename, data.content, data.mime_type)
    return Source(filename, data.content, kind, data.charset)


def _stored(filename: str, file_id: str, organization_id: str) -> tuple[str, data_url.Data]:
    file = files.find(organization_id, file_id)
    if file is None:
        raise JobFailure("file_not_found", f"There is no file {file_id}.")
    try:
        content = files.read(file)
    except FileStoreUnavailable as problem:
        raise RetryableFailure(
            "file_store_unavailable", f"The file {file_id} cannot be read at the moment."
        ) from problem
    label = file.filename if filename == file_id else filename
    return label, data_url.Data(content, file.mime_type, None)


def _decode(filename: str, url: str) -> data_url.Data:
    if not data_url.is_data_url(url):
        from workers.documents import remote

        return remote.fetch(filename, url)
    try:
        return data_url.decode(url)
    except ValueError as problem:
        raise JobFailure(
            "document_url_invalid", f"The data: URL of {filename} is unusable: {problem}."
        ) from None


def _kind(filename: str, content: bytes, mime_type: str) -> str:
    extension = PurePath(filename.replace("\\", "/")).suffix.lower().lstrip(".")
    claimed = EXTENSIONS.get(extension) or _KINDS_BY_MIME.get(mime_type)
    found = _by_content(filename, content)
    if found is not None:
        # Programs save images under another kind's name, and every viewer shows them.
        if claimed not in (None, found) and not {claimed, found} <= IMAGE_KINDS:
            raise _mismatch(filename, claimed, found)
        return found
    if not _is_text(content):
        if claimed is not None:
            # The rest of the file may be fine, but nobody can tell: it lacks its signature.
            raise JobFailure(
                "document_unreadable" if claimed not in TEXT_KINDS else "document_type_mismatch",
                f"{filename} is not a readable {claimed} file.",
            )
        raise JobFailure("unsupported_document_type", f"{filename} is of a kind that is not read.")
    if claimed is None and (extension == "" or mime_type.startswith("text/")):
        claimed = "text"
    if claimed is None:
        raise JobFailure("unsupported_document_type", f"{filename} is of a kind that is not read.")
    if claimed not in TEXT_KINDS:
        raise _mismatch(filename, claimed, "text")
    return claimed


def _by_content(filename: str, content: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if b"%PDF-" in content[:_PDF_HEADER_WITHIN]:
        return "pdf"
    if content.startswith(_OLE_CONTAINER):
        if _ENCRYPTED_STREAM in content:
            raise JobFailure("document_encrypted", f"{filename} is protected by a password.")
        raise JobFailure(
            "unsupported_document_type",
            f"{filename} is of an Office format from before 2007; save it as DOCX or XLSX.",
        )
    if content.startswith(b"PK"):
        return _office_kind(filename, content)
    return None


def _office_kind(filename: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise JobFailure(
            "document_unreadable", f"{filename} is damaged: its end is missing or broken."
        ) from None
    for member, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if member in names:
            return kind
    raise JobFailure("unsupported_document_type", f"{filename} is an archive of a kind not read.")


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in content and sum(map(content[:4096].count, _CONTROLS)) == 0


_CONTROLS = [bytes([code]) for code in range(32) if chr(code) not in "\t\n\r\f\v\x1b\x1a"]


def _mismatch(filename: str, claimed: str, found: str) -> JobFailure:
    return JobFailure(
        "document_type_mismatch",
        f"{filename} says that it is {claimed}, but its content is {found}.",
        {"claimed": claimed, "found": found},
    )
