"""Folders of columnar tables about some accounts: read, written, merged, purged."""
