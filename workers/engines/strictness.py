"""Which JSON Schemas a server can hold its model to while it answers: strict mode."""

from __future__ import annotations

from typing import Any

# What older servers of this kind take too; a schema with more is sent without strict mode.
_KEYWORDS = frozenset(
    {
        "$defs",
        "$ref",
        "additionalProperties",
        "anyOf",
        "const",
        "description",
        "enum",
        "items",
        "properties",
        "required",
        "title",
        "type",
    }
)
_MAX_PROPERTIES, _MAX_DEPTH = 5_000, 10


def response_format(schema: dict[str, Any] | None) -> dict[str, Any]:
    """A chat request's `response_format` for an answer that is to fit a schema, or any object."""
    if schema is None:
        return {"type": "json_object"}
    strict = _Count().takes(schema, 1) and schema.get("type") == "object"
    described = {"name": "answer", "schema": schema, "strict": strict}
    return {"type": "json_schema", "json_schema": described}


class _Count:
    """What was seen of a schema so far."""

    def __init__(self) -> None:
        self._properties = 0

    def takes(self, schema: Any, depth: int) -> bool:
        if not isinstance(schema, dict) or depth > _MAX_DEPTH or not schema.keys() <= _KEYWORDS:
            return False
        names = schema.get("properties", {})
        if not isinstance(names, dict) or not self._is_closed(schema, names):
            return False
        self._properties += len(names)
        inner = [*names.values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ())]
        inner += [schema["items"]] if "items" in schema else []
        return self._properties <= _MAX_PROPERTIES and all(
            self.takes(each, depth + 1) for each in inner
        )

    @staticmethod
    def _is_closed(schema: dict[str, Any], names: dict[str, Any]) -> bool:
        kinds = schema.get("type", ())
        if "object" not in (kinds if isinstance(kinds, list) else [kinds]):
            return not names
        return schema.get("additionalProperties") is False and (
            set(schema.get("required", ())) == set(names)
        )
