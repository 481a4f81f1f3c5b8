"""Documents of many kinds as text, page by page, with their tables."""
