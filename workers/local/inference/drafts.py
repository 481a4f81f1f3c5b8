"""What one document says: its labels, and its tables, each under a property's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workers.documents.page import Page
from workers.local.extraction.names import Names
from workers.local.extraction.segments import Sheet
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values
from workers.local.inference import careers, naming, tables
from workers.local.inference.careers import Schema
from workers.local.inference.labelled import Labelled
from workers.local.inference.tables import Column, Columns, Table


@dataclass
class Draft:
    """A document's fields and tables, by name, in their order; and what reads its values.

    Attributes:
        pages: the document's.
        values: reads them.
        fields: for each label its text, and for each table its columns.
        sections: a CV's, as the schemas that they become.
    """

    pages: Sequence[Page]
    values: Values
    fields: dict[str, Column | Columns] = field(default_factory=dict)
    sections: dict[str, Schema] = field(default_factory=dict)


def draft(pages: Sequence[Page]) -> Draft:
    """Read a document.

    Args:
        pages: the document's.
    """
    sheets = [Sheet(page) for page in pages if page.words]
    values = Values(segment.text for sheet in sheets for segment in sheet.segments)
    sections, in_sections = careers.arrays(sheets)
    found = Draft(pages, values, sections=sections)
    every = tables.find(sheets, values) if not sections else []
    used = {segment for table in every for segment in table.used}
    for sheet in sheets:
        labelled = Labelled(Surroundings(sheet, Names(())), used | in_sections)
        for segment in sheet.segments:
            if segment in in_sections:
                continue
            if segment in used:
                _add_table(found, next(table for table in every if segment in table.used))
                continue
            for label, text in labelled.of(segment):
                _add(found, naming.bare(label), text)
    if len(every) == 1 and found.fields.keys() == {tables.ITEMS}:
        found.fields = {tables.ROWS: found.fields[tables.ITEMS]}  # a list of whatever it be
    return found


def _add(found: Draft, label: str, text: str) -> None:
    name = naming.snake_case(label)
    if name and name not in found.fields and text.strip():
        found.fields[name] = Column(label, [text])


def _add_table(found: Draft, table: Table) -> None:
    name, number = table.name, 2
    while (known := found.fields.get(name)) is not None and known is not table.columns:
        if isinstance(known, dict) and known.keys() == table.columns.keys():
            for key, column in known.items():  # it goes on
                column.texts += table.columns[key].texts
            table.columns = known
            return
        name, number = f"{table.name}_{number}", number + 1
    found.fields[name] = table.columns
