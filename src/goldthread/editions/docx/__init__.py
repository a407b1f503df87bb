"""Word files with real styles, that an analyst can go on editing."""

from goldthread.editions.docx.package import write_docx

__all__ = ["write_docx"]
