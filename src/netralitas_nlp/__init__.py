"""Typed facts from Indonesian government news."""
