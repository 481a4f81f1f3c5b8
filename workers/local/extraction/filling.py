"""What was found, put into the form that the schema wants."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jobs_backend.errors import JobFailure
from workers import json_schemas
from workers.local.extraction.found import Finds
from workers.local.extraction.schemas import Node

MAX_NAMED, MAX_LISTED = 20, 100


class _Nothing:
    # What is not found, and may be left out.
    pass


NOTHING = _Nothing()


@dataclass
class Filled:
    """A filled schema.

    Attributes:
        output: the value.
        sources: for each found leaf, by its JSON pointer, where it stood.
        missing: the JSON pointers of what has to be there, and is not.
    """

    output: Any
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def fill(root: Node, schema: dict[str, Any], finds: Finds) -> Filled:
    """Put what was found into an object that fits the schema.

    Args:
        root: the schema's tree.
        schema: the schema itself; the result is checked against it.
        finds: what was found.

    Raises:
        JobFailure: something that has to be there is not; the code is `extraction_failed`.
    """
    filled = _fill(root, finds, "", is_needed=True)
    if filled.missing:
        raise _failed(filled.missing)
    _check(filled, schema)
    return filled


def _fill(node: Node, finds: Finds, pointer: str, *, is_needed: bool) -> Filled:
    if node.is_fixed:
        return Filled(node.schema.get("const", node.schema.get("enum", [None])[0]))
    if node.is_object:
        return _object(node, finds, pointer, is_needed=is_needed)
    if node.is_array:
        return _array(node, finds, pointer)
    leaf = finds.leaves.get(node)
    if leaf:
        return Filled(leaf.value, {pointer: leaf.place.source(leaf.text)})
    return _absent(node, [pointer])


def _object(node: Node, finds: Finds, pointer: str, *, is_needed: bool) -> Filled:
    output: dict[str, Any] = {}
    sources: dict[str, dict[str, Any]] = {}
    missing: list[str] = []
    for name, child in node.properties.items():
        is_required = name in node.required
        part = _fill(child, finds, f"{pointer}/{_escaped(name)}", is_needed=is_required)
        sources |= part.sources
        if part.output is not NOTHING:
            output[name] = part.output
        elif is_required:
            missing += part.missing
    missing += [
        f"{pointer}/{_escaped(name)}" for name in sorted(node.required - node.properties.keys())
    ]
    has_found = bool(sources)
    if missing or not (has_found or is_needed):
        return _absent(node, missing or [pointer])
    if not has_found and node.is_nullable and pointer:
        return Filled(None)
    return Filled(output, sources)


def _array(node: Node, finds: Finds, pointer: str) -> Filled:
    filled = Filled([])
    rows = finds.rows.get(node, ())
    for row in rows:
        at = f"{pointer}/{len(filled.output)}"
        item = _fill(node.items, row, at, is_needed=True) if node.items else Filled(NOTHING)
        if item.output is NOTHING:
            filled.missing += item.missing
            continue
        filled.output.append(item.output)
        filled.sources |= item.sources
    for leaf in finds.lists.get(node, ()):
        filled.sources[f"{pointer}/{len(filled.output)}"] = leaf.place.source(leaf.text)
        filled.output.append(leaf.value)
    if filled.missing:
        return Filled(NOTHING, {}, filled.missing)
    if node.has_room_for(filled.output):
        return filled
    return Filled([]) if node.has_room_for([]) else _absent(node, [pointer])


def _absent(node: Node, missing: list[str]) -> Filled:
    return Filled(None) if node.is_nullable else Filled(NOTHING, {}, missing)


def _check(filled: Filled, schema: dict[str, Any]) -> None:
    # Rules between fields, such as if and dependentRequired, are known by their outcome alone.
    if errors := json_schemas.Validator(schema).problems(filled.output):
        pointers = ["".join(f"/{_escaped(str(key))}" for key in error.path) for error in errors]
        reasons = [error.message[:200] for error in errors[:MAX_NAMED]]
        raise _failed(list(dict.fromkeys(pointers)), reasons)


def _failed(missing: list[str], reasons: list[str] | None = None) -> JobFailure:
    named = ", ".join(pointer.lstrip("/") or "the object" for pointer in missing[:MAX_NAMED])
    more = f" and {len(missing) - MAX_NAMED} more" if len(missing) > MAX_NAMED else ""
    details: dict[str, Any] = {"missing": missing[:MAX_LISTED]}
    if reasons:
        details["errors"] = reasons
        return JobFailure(
            "extraction_failed",
            f"What was found does not fit the json_schema: see {named}{more}.",
            details,
        )
    return JobFailure(
        "extraction_failed",
        f"The document does not say what the json_schema requires: {named}{more}.",
        details,
    )


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
