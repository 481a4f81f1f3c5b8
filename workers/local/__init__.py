"""What this machine finds out by itself, without a language model."""
