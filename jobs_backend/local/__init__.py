"""The whole stack on one machine, servers included: for trying out, developing and testing."""
