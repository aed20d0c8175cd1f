"""A made-up city on the web: a newspaper and a government portal that `etl sample-site` serves on loopback.

City, people and events are invented; the ways in which the pages are laid out and damaged are true to life.
"""

from __future__ import annotations

from datetime import date

DAYS = tuple(date(2026, 3, day) for day in range(2, 7))
"""The days for which both sites have articles."""

SOURCES = ("xinhe-daily", "xinhe-gov")
"""Ids of the source definitions that describe the two sites."""
