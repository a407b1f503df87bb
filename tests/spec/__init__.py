"""The methods handbook: each page is a question, a small table and an answer, and is run."""
