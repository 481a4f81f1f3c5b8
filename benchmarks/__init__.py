"""Measurements, each against a baseline of the same run. docs/performance.md has figures."""
