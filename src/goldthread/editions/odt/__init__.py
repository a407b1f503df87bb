"""Writer files (OpenDocument text) with real styles, that an analyst can go on editing."""

from goldthread.editions.odt.package import write_odt

__all__ = ["write_odt"]
