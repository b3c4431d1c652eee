"""What can be wrong with a request; the message names the place and the cure."""


class AuditError(Exception):
    """Bad input: `str()` is the whole message for the user."""


class UnknownAccount(AuditError):
    """A handle that the collection does not hold, or that several accounts share."""


class NothingToAudit(AuditError):
    """A collection in which no account's own posts are covered."""


class BrokenMeasure(AuditError):
    """A measure's file that does not say what it must; for whoever writes measures."""


class UnreadableReport(AuditError):
    """A file that is no report in JSON, or one of a newer version."""


class TooLittleMemory(AuditError):
    """What is asked does not fit into the memory an engine may use, or on the disk where the rest goes."""
