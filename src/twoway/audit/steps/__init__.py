"""The tables that all measures share, made once per audit."""

from twoway.audit.steps.prepare import prepare

__all__ = ["prepare"]
