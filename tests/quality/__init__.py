"""How well the local engine does, in numbers, on documents whose answers are known."""
