"""The words that govern numbers are complete, consistent and reviewed."""
