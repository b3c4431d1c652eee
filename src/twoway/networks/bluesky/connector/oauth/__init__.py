"""Signing in by Bluesky's own page: no password ever comes near us."""
