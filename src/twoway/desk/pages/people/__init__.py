"""Everybody who ever talked with us."""
