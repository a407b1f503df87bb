"""Changes of the record's tables, each for what it brings."""
