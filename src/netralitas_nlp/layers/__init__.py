"""The layers: pure functions from a text and its zones to records."""
