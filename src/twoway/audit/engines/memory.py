"""How much memory an engine may use, as people write it."""

import re

from twoway.audit.errors import AuditError

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt])i?b?", re.IGNORECASE)
_POWER = {"k": 1, "m": 2, "g": 3, "t": 4}


def in_bytes(amount: str) -> int:
    """Return the bytes of "500MB" or "1.5 GB"."""
    match = _AMOUNT.fullmatch(amount.strip())
    if match is None or not float(match[1]):
        raise AuditError(
            f"--memory {amount!r} is not understood. Write an amount such as 500MB or 2GB."
        )
    return int(float(match[1]) * 1000 ** _POWER[match[2].lower()])
