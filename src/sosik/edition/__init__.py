"""An edition: a function of entries, definitions, what feeds remember, and now. It decides what is to be announced."""
