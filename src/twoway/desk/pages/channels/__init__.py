"""Our accounts on networks: connecting, health, purpose, voices."""
