"""Our accounts on networks: what they are for, whether they work, how far they have been read."""
