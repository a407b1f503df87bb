"""The methods handbook: each page is a question, a small table and an answer, and is run."""

from hypothesis import settings

# A page is judged by its answer, not by how busy the machine was when it was asked.
settings.register_profile("handbook", deadline=None)
settings.load_profile("handbook")
