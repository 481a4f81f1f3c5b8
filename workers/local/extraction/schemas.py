"""A JSON Schema as a tree of what has to be found, with its references followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from workers import json_schemas

# A schema may hold itself; what is deeper than this is no document's.
MAX_DEPTH = 8
MAX_NODES = 20_000
# References may branch over and over, so that a short schema is a long one once they are followed.
MAX_FOLLOWED = 100_000
SCALARS = ("string", "integer", "number", "boolean")
_REFERENCES = ("$ref", "$dynamicRef")
# What one scalar is checked by.
_CHECKS = frozenset(
    [
        "type",
        "enum",
        "const",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "anyOf",
        "not",
    ]
)
_LIMITS = ("minItems", "maxItems", "uniqueItems")
_JSON_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


@dataclass(frozen=True, eq=False)
class Node:
    """Something to be found.

    Attributes:
        name: its property's.
        parents: the names of the objects that it is in, from outside.
        schema: its own, without references.
        types: what it may be, `null` left out.
        is_nullable: whether it may be null.
        properties: an object's.
        required: which of them have to be there.
        items: what an array holds; None if that is not said.
    """

    name: str
    parents: tuple[str, ...]
    schema: dict[str, Any]
    types: tuple[str, ...]
    is_nullable: bool
    properties: dict[str, Node] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    items: Node | None = None

    @property
    def is_object(self) -> bool:
        """Whether it is an object."""
        return "object" in self.types

    @property
    def is_array(self) -> bool:
        """Whether it is an array."""
        return "array" in self.types and not self.is_object

    def has_room_for(self, items: list[Any]) -> bool:
        """Whether an array may have so many items, and these beside one another."""
        limits = {key: rule for key, rule in self.schema.items() if key in _LIMITS}
        return json_schemas.Validator(limits).fits(items)

    @property
    def is_fixed(self) -> bool:
        """Whether the schema itself says its value."""
        return "const" in self.schema or len(self.schema.get("enum", ())) == 1

    def leaves(self) -> Iterator[Node]:
        """The scalars in it, those of arrays left out."""
        if self.is_object:
            for child in self.properties.values():
                yield from child.leaves()
        elif not self.is_array:
            yield self

    def arrays(self) -> Iterator[Node]:
        """The arrays in it, those of arrays left out."""
        if self.is_array:
            yield self
        for child in self.properties.values():
            yield from child.arrays()

    def objects(self) -> Iterator[Node]:
        """It and the objects in it, those of arrays left out."""
        if self.is_object:
            yield self
            for child in self.properties.values():
                yield from child.objects()

    def fits(self, value: Any) -> bool:
        """Whether a scalar is one that the schema allows."""
        return self._validator.fits(value)

    @cached_property
    def _validator(self) -> json_schemas.Validator:
        return json_schemas.Validator(
            {key: rule for key, rule in self.schema.items() if key in _CHECKS}
        )


def tree(schema: dict[str, Any]) -> Node:
    """Read a JSON Schema of an object.

    Raises:
        JobFailure: it is none, or refers to what is not in it; the code is `invalid_json_schema`.
    """
    json_schemas.check(schema)
    try:
        return _Reader(schema).root()
    except RecursionError:
        raise json_schemas.invalid("it is nested too deeply") from None


class _Reader:
    def __init__(self, schema: dict[str, Any]) -> None:
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        resource: Any = Resource.from_contents(schema, default_specification=DRAFT202012)
        base = schema.get("$id", "")
        registry: Any = Registry().with_resource(base, resource)
        self._resolver = registry.resolver(base)
        self._schema = schema
        self._count = 0
        self._followed = 0
        for part in json_schemas.parts(schema):
            for key in _REFERENCES:
                if isinstance(part.get(key), str):
                    self._target(part[key])

    def root(self) -> Node:
        return self._node(self._schema, "", (), 0)

    def _node(self, schema: Any, name: str, parents: tuple[str, ...], depth: int) -> Node:
        self._count += 1
        merged, is_nullable = self._merged(schema, ())
        types = _types(merged)
        is_nullable = (is_nullable or "null" in types) and _allows_null(merged)
        types = tuple(kind for kind in types if kind != "null")
        if depth == 0 and "object" not in types:
            types = ("object",)
        merged = {**merged, "type": [*types, "null"] if is_nullable else list(types)}
        properties: dict[str, Node] = {}
        items = None
        inner = (*parents, name) if name else parents
        if depth < MAX_DEPTH and self._count < MAX_NODES:
            if "object" in types:
                properties = {
                    key: self._node(value, key, inner, depth + 1)
                    for key, value in merged.get("properties", {}).items()
                }
            elif "array" in types and isinstance(merged.get("items"), dict):
                items = self._node(merged["items"], name, (), depth + 1)
        required = frozenset(merged.get("required", ())) if "object" in types else frozenset()
        return Node(name, parents, merged, types, is_nullable, properties, required, items)

    def _merged(self, schema: Any, seen: tuple[str, ...]) -> tuple[dict[str, Any], bool]:
        # Without $ref, allOf, and the choice between null and something else.
        self._followed += 1
        if self._followed > MAX_FOLLOWED:
            raise json_schemas.invalid("its references and choices branch too often")
        if not isinstance(schema, dict):
            return ({} if schema else {"not": {}}), False
        own = {key: rule for key, rule in schema.items() if key not in (*_REFERENCES, "allOf")}
        parts = list(schema.get("allOf", ()))
        for key in _REFERENCES:
            reference = schema.get(key)
            if isinstance(reference, str) and reference not in seen:
                seen = (*seen, reference)
                parts.insert(0, self._target(reference))
        nullables = []
        for part in parts:
            found, is_nullable = self._merged(part, seen)
            nullables.append(is_nullable or "null" in _types(found))
            own = _both(found, own)
        return self._chosen(own, seen, all(nullables) and bool(nullables))

    def _chosen(
        self, own: dict[str, Any], seen: tuple[str, ...], is_nullable: bool
    ) -> tuple[dict[str, Any], bool]:
        choices = own.get("anyOf") or own.get("oneOf") or ()
        rest = {key: rule for key, rule in own.items() if key not in ("anyOf", "oneOf")}
        variants = []
        for choice in choices:
            variant, may_be_null = self._merged(choice, seen)
            is_nullable = is_nullable or may_be_null or "null" in _types(variant)
            if _types(variant) != ("null",):
                variants.append(variant)
        if not variants:
            return rest, is_nullable
        if len(variants) > 1 and all(set(_types(one)) <= {*SCALARS, "null"} for one in variants):
            types = list(dict.fromkeys(kind for one in variants for kind in _types(one)))
            return {**rest, "type": types, "anyOf": variants}, is_nullable
        first = next((one for one in variants if "properties" in one), variants[0])
        return _both(first, rest), is_nullable

    def _target(self, reference: str) -> Any:
        from referencing.exceptions import Unresolvable

        try:
            return self._resolver.lookup(reference).contents
        except (Unresolvable, ValueError, KeyError, TypeError):
            problem = "which is not in it; nothing is fetched"
            raise json_schemas.invalid(f"it refers to {reference[:200]!r}, {problem}") from None


def _types(schema: dict[str, Any]) -> tuple[str, ...]:
    kind = schema.get("type")
    if isinstance(kind, str):
        return (kind,)
    if isinstance(kind, list):
        return tuple(kind)
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return tuple(dict.fromkeys(_JSON_TYPES.get(type(value), "object") for value in values))
    if "properties" in schema:
        return ("object",)
    if "items" in schema or "prefixItems" in schema:
        return ("array",)
    if "anyOf" in schema:
        return tuple(dict.fromkeys(kind for one in schema["anyOf"] for kind in _types(one)))
    return ("string",)


def _allows_null(schema: dict[str, Any]) -> bool:
    return None in schema.get("enum", [None]) and schema.get("const") is None


def _both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    merged = {**one, **other}
    if "properties" in one and "properties" in other:
        shared = one["properties"].keys() & other["properties"].keys()
        together = {
            name: {"allOf": [one["properties"][name], other["properties"][name]]} for name in shared
        }
        merged["properties"] = {**one["properties"], **other["properties"], **together}
    if "required" in one and "required" in other:
        merged["required"] = list(dict.fromkeys([*one["required"], *other["required"]]))
    if "type" in one and "type" in other:
        kept = [kind for kind in _types(one) if kind in _types(other)]
        merged["type"] = kept or list(_types(other))
    if "enum" in one and "enum" in other:
        merged["enum"] = [value for value in one["enum"] if value in other["enum"]]
    return merged
