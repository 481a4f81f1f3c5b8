"""What users have today, and the limit: each kept simple, with its own defaults."""
