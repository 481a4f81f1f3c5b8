"""The endpoint types that come with the project, declared as a user declares their own."""

from __future__ import annotations

from jobs_backend.builtin import edits, evals, extractions, parses, sorting

_DECLARED = [
    *parses.ENDPOINTS,
    *extractions.ENDPOINTS,
    *sorting.ENDPOINTS,
    *edits.ENDPOINTS,
    *evals.ENDPOINTS,
]
ENDPOINTS = list(_DECLARED)
