"""Unit tests of what the local engine does."""
