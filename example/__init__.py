"""Saltmarsh, an invented partnership: its places, its people in numbers, and its partners' files."""
