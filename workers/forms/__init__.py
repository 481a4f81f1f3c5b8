"""Forms: their fields found, their values read from instructions, and both put together."""
