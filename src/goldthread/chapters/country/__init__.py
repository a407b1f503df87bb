"""Every authority of the country at once: the same statistics for each, side by side and without editions."""

from goldthread.chapters.country.assembling import assess_country

__all__ = ["assess_country"]
