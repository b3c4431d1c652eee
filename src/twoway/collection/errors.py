"""What can be wrong with what a user gives us; every message names the place and the cure.

CollectionError
├── Unreadable     a source that cannot be read at all
├── NotACollection a folder without a manifest we understand
└── Busy           another process is writing the folder
"""


class CollectionError(Exception):
    """Bad input: `str()` is the whole message for the user."""


class Unreadable(CollectionError):
    """A source of which nothing can be read."""


class NotACollection(CollectionError):
    """A folder without a manifest, or with one of a newer version."""


class Busy(CollectionError):
    """Another process writes into this folder."""
