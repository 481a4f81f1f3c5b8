"""Kinds and parts by name: as a request has them, and as a language model answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from workers.local.kinds import Kind
from workers.local.terms import folded

if TYPE_CHECKING:
    from workers.engines import Answer


def kinds(asked: Iterable[dict[str, Any]]) -> list[Kind]:
    """The kinds that a request names, each name once, with all that is said of it."""
    described: dict[str, list[str]] = {}
    for kind in asked:
        described.setdefault(kind["name"], []).append(kind["description"])
    return [Kind(name, "\n".join(filter(None, said))) for name, said in described.items()]


def listed(kinds: Sequence[Kind]) -> str:
    """The kinds as a list for a language model."""
    return "\n".join(
        f"- {kind.name}: {kind.description}" if kind.description else f"- {kind.name}"
        for kind in kinds
    )


def as_given(name: Any, kinds: Sequence[Kind]) -> str | None:
    """The given name that a language model's answer means, or None."""
    names = [kind.name for kind in kinds]
    if name in names:
        return str(name)
    alike = [given for given in names if _loosely(given) == _loosely(str(name))]
    return alike[0] if alike else None


def schema_of_parts(label: str, labels: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a language model's answer: `parts`, each with a label and its pages.

    Args:
        label: what the label is called.
        labels: the schema of a label.
    """
    part = {
        "type": "object",
        "properties": {label: labels, "pages": {"type": "array", "items": {"type": "integer"}}},
        "required": [label, "pages"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"parts": {"type": "array", "items": part}},
        "required": ["parts"],
        "additionalProperties": False,
    }


def parts(output: Any, label: str, count: int) -> list[tuple[str, list[int]]]:
    """The parts of such an answer: their labels, and those of their pages that there are.

    Args:
        output: the answer.
        label: what the label is called.
        count: how many pages the document has.
    """
    given = output.get("parts") if isinstance(output, dict) else None
    return [
        (str(part.get(label, "")), _within(part.get("pages"), count))
        for part in (given if isinstance(given, list) else [])
        if isinstance(part, dict)
    ]


def likelihoods(answer: Answer, output: Sequence[Any]) -> Any:
    """How likely each part of such an answer is, where that was found out.

    Args:
        answer: what the language model said.
        output: the parts that came of it. Where these are others, nothing is known of them.
    """
    found = answer.likelihoods.get("parts") if isinstance(answer.likelihoods, dict) else None
    return found if isinstance(found, list) and len(found) == len(output) else None


def _within(numbers: Any, count: int) -> list[int]:
    given = numbers if isinstance(numbers, list) else []
    whole = (number for number in given if isinstance(number, int) and number is not True)
    return sorted({number for number in whole if 1 <= number <= count})


def _loosely(name: str) -> str:
    return "".join(char for char in folded(name) if char.isalnum())
