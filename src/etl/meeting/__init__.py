"""Chinese official news into meeting records: a grammar from sentences to mentions to roles to the record."""

from etl.meeting.assemble import extract

__all__ = ["extract"]
