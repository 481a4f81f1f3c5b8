"""What a job can be found by, taken from its request and metadata when it is submitted.

Scalars have a column each in job_facets. Whatever a job may have many of is kept as terms: numbers
in one array, which one inverted index serves. They contain the organization, so that nobody's
searches meet anybody else's rows; and since two texts may share a number, every statement that
looks for a term also compares the text itself.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

# Names longer than this are cut off, and further ones left out: a search must have an end.
MAX_FILENAME, MAX_FILENAMES = 255, 100
MAX_TEXT = 512
GRAM = 3
# So many are remembered: there are a million, and strangers choose which.
LETTERS = 4096


@dataclass(frozen=True)
class Facets:
    """The row of job_facets."""

    model: str | None
    project_id: str | None
    workflow_id: str | None
    workflow_block_ids: list[str]
    filenames: list[str]
    document_types: list[str]
    terms: list[int]


def of(
    organization_id: str, request: Mapping[str, Any], metadata: Mapping[str, str] | None
) -> Facets:
    """The facets of a job that is about to be stored."""
    model, project_id = _text(request.get("model")), _text(request.get("project_id"))
    pairs = metadata or {}
    names = _filenames(request)
    if not pairs and not names:  # of many a job there is no more to say, and batches have many
        return Facets(model, project_id, None, [], [], [], [])
    filenames = [name[:MAX_FILENAME] for name in names]
    types = sorted({kind for name in names if (kind := _extension(name))})
    blocks = sorted({pairs[name] for name in ("workflow_block_id", "block_id") if pairs.get(name)})
    terms = {
        *block_terms(organization_id, blocks),
        *pair_terms(organization_id, pairs),
        *type_terms(organization_id, types),
        *(gram for name in filenames for gram in gram_terms(organization_id, name)),
    }
    return Facets(
        model=model,
        project_id=project_id,
        workflow_id=_text(pairs.get("workflow_id")),
        workflow_block_ids=blocks,
        filenames=filenames,
        document_types=types,
        terms=sorted(terms),
    )


def pair_terms(organization_id: str, pairs: Mapping[str, str]) -> list[int]:
    """A term a pair of metadata."""
    return [_term(organization_id, "pair", key, value) for key, value in pairs.items()]


def block_terms(organization_id: str, blocks: Iterable[str]) -> list[int]:
    """A term a workflow block."""
    return [_term(organization_id, "block", block) for block in blocks]


def type_terms(organization_id: str, types: Iterable[str]) -> list[int]:
    """A term a document type."""
    return [_term(organization_id, "type", kind) for kind in types]


def gram_terms(organization_id: str, text: str) -> list[int]:
    """A term every three characters of a text, whatever their case; [] for less than three."""
    folded = "".join(map(_fold, text))
    grams = {folded[at : at + GRAM] for at in range(len(folded) - GRAM + 1)}
    return [_term(organization_id, "gram", gram) for gram in grams]


@lru_cache(LETTERS)
def _fold(letter: str) -> str:
    # One for one, and coarser than any database: what one of them takes for the same must be the
    # same here. So a Greek final sigma is a sigma, and a Turkish dotless i an i.
    return letter.upper().lower()[0]


def _term(*parts: str) -> int:
    # Signed, as Postgres has its integers.
    return zlib.crc32("\x01".join(parts).encode()) - 2**31


def _filenames(request: Mapping[str, Any]) -> list[str]:
    several = request.get("documents")
    documents = [request.get("document"), *(several if isinstance(several, list) else ())]
    names = (each.get("filename") for each in documents if isinstance(each, dict))
    return [name for name in names if isinstance(name, str)][:MAX_FILENAMES]


def _extension(filename: str) -> str:
    # With what Windows puts between folders as well.
    return PurePosixPath(re.sub(r"\\", "/", filename)).suffix[1:].strip().lower()[:MAX_TEXT]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= MAX_TEXT else None
