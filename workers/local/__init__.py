"""What the engine `local` knows: rules and kept libraries, the same answer every time."""
