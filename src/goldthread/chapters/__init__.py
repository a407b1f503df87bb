"""What an assessment says: one module a chapter, each returning findings with their figures."""
