"""Changes of these tables, each named for what it brings."""
