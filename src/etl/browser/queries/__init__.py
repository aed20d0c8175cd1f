"""The questions that the pages ask of the index and the tables; every value from outside is a parameter."""
