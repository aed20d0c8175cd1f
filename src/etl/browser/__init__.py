"""The record browser: what is in the store, and the characters that prove each field."""
