"""Tables of the language (surnames, offices, verbs, places …) and their loader; each row has an id."""
