"""The audit of our own channels, and of anybody's."""
