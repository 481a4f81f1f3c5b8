"""Forms that are stored once, with their fields, and filled many times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobs_backend import files, resources
from jobs_backend.resources import Kind, Resource


@dataclass(frozen=True)
class Template:
    """A form: its fields, and the empty PDF."""

    id: str
    organization_id: str
    name: str
    form_fields: list[dict[str, Any]]
    file_id: str
    filename: str
    created_at: datetime

    @property
    def content(self) -> bytes | None:
        """The empty PDF; None if its file was deleted.

        Raises:
            FileStoreUnavailable: it cannot be read.
        """
        file = files.find(self.organization_id, self.file_id)
        return None if file is None else files.read(file)


def create(
    organization_id: str,
    name: str,
    form_fields: list[dict[str, Any]],
    filename: str,
    content: bytes,
) -> Template:
    """Store a form.

    Args:
        organization_id: whose it is.
        name: for people.
        form_fields: as `/v1/edits/templates/generate` gives them.
        filename: of the empty PDF.
        content: the empty PDF.

    Raises:
        FileStoreUnavailable: the PDF could not be stored.
    """
    file = files.save(organization_id, filename, content, "application/pdf")
    body = {"form_fields": form_fields, "file_id": file.id, "filename": filename}
    return _template(resources.create(organization_id, Kind.TEMPLATE, name, body))


def find(organization_id: str, template_id: str) -> Template | None:
    """The organization's template of this id."""
    found = resources.find(organization_id, Kind.TEMPLATE, template_id)
    return None if found is None else _template(found)


def list_page(organization_id: str, *, limit: int, after: str | None = None) -> list[Template]:
    """The organization's templates, newest first; see `resources.list_page`."""
    return [
        _template(each)
        for each in resources.list_page(organization_id, Kind.TEMPLATE, limit=limit, after=after)
    ]


def delete(organization_id: str, template_id: str) -> bool:
    """Forget a template and its PDF; False if there was none.

    Raises:
        FileStoreUnavailable: it is forgotten, but its PDF could not be removed.
    """
    found = resources.delete(organization_id, Kind.TEMPLATE, template_id)
    if found is None:
        return False
    files.delete(organization_id, found.body["file_id"])
    return True


def _template(found: Resource) -> Template:
    return Template(
        found.id,
        found.organization_id,
        found.name,
        found.body["form_fields"],
        found.body["file_id"],
        found.body["filename"],
        found.created_at,
    )
