"""How good the engine `local` is, on documents that are made here: `make quality`."""
