"""The catalog: the same article, the same meeting, persons and offices, told from rows by pure functions."""
