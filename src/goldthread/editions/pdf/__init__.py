"""Tagged PDF (PDF/UA-1) editions, set by typst from one template."""

from goldthread.editions.pdf.writing import PAGE_LIMITS, write_pdf

__all__ = ["PAGE_LIMITS", "write_pdf"]
