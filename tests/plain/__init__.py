"""Slow and obvious versions of what the product does fast, to compare it with."""
