"""What a PDF would do when it is opened or clicked, taken out of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# Actions that run, send or start something; going to a place or a web page is none of them.
_ACTIVE = frozenset(
    (
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/ResetForm",
        "/Rendition",
        "/GoToE",
        "/GoToR",
        "/Movie",
        "/Sound",
        "/Hide",
        "/SetOCGState",
    )
)
_TRIGGERS = ("/AA", "/OpenAction", "/JS")
# What allows more to a signed form, which a changed one is not any more.
_OF_CATALOG = ("/Perms", "/Requirements")
# A second form in XML, which viewers show in place of the fields; the order of computations.
_OF_FORM = ("/XFA", "/CO")
# Actions follow each other; no honest file has so many.
MAX_CHAIN = 20


def disarm(writer: Any) -> None:
    """Take scripts, triggers and actions out of the PDF of a pypdf writer."""
    root = writer.root_object
    for name in _OF_CATALOG:
        root.pop(name, None)
    _remove(root.get("/Names"), ("/JavaScript",))
    _remove(root.get("/AcroForm"), _OF_FORM)
    _walk(root)


def _remove(holder: Any, names: Iterable[str]) -> None:
    found = _resolved(holder)
    if isinstance(found, dict):
        for name in names:
            found.pop(name, None)


def _walk(root: Any) -> None:
    # Without recursion: how deep a file nests is its author's affair.
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, dict):
            _strip(node)
            waiting += [_resolved(node[name]) for name in node]
        elif isinstance(node, list):
            waiting += [_resolved(entry) for entry in node]


def _strip(node: Any) -> None:
    for name in list(node):
        if name in _TRIGGERS or (name in ("/A", "/Next", "/PA") and _is_active(node[name])):
            del node[name]


def _is_active(value: Any) -> bool:
    waiting = [_resolved(value)]
    for _ in range(MAX_CHAIN):
        if not waiting:
            return False
        action = waiting.pop()
        if isinstance(action, list):
            waiting += map(_resolved, action)
        elif isinstance(action, dict):
            if action.get("/S") in _ACTIVE:
                return True
            waiting.append(_resolved(action.get("/Next")))
    return True


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
