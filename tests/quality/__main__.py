"""All of it, as one table: `make quality`."""

from __future__ import annotations

from tests.quality import bundles, dossiers, everyday, extraction, forms, measuring, ocr, sorting


def main() -> None:
    """Measure, and print."""
    parts = (extraction, everyday, sorting, bundles, dossiers, forms, ocr)
    measuring.print_table(row for part in parts for row in part.measure())


if __name__ == "__main__":
    main()
