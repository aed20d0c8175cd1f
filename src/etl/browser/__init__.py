"""The record browser: what is in the store, and the characters that prove each field."""

from etl.browser.app import create_app

__all__ = ["create_app"]
