"""A teammate's own settings."""
