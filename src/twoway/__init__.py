"""Tells whether an organisation talks with people, and helps it to answer."""

__version__ = "0.1.0"
