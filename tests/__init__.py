"""The tests, as sentences about behaviour."""
