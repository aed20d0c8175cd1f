"""Errors that a person can act on: one sentence saying what, where and what to do."""

from __future__ import annotations


class EtlError(Exception):
    """A fault in what the caller gave or in what lies on disk; the command line exits `exit_code`."""

    exit_code = 1


class UsageError(EtlError):
    """A command, parameter or definition that cannot be carried out as given (exit code 2)."""

    exit_code = 2


class DataError(EtlError):
    """Stored or fetched data that cannot be used (exit code 3); what was stored before is untouched."""

    exit_code = 3


class UnavailableError(EtlError):
    """A host or service that does not answer (exit code 4); trying again later may work."""

    exit_code = 4
