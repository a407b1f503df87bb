"""From paths to tables: files found, unpacked safely, recognised by their columns, and read row by row."""

from goldthread.evidence.reading.finding import Found, find_files
from goldthread.evidence.reading.opening import Opened, open_table
from goldthread.evidence.reading.rows import load_quickly, load_rows

__all__ = ["Found", "Opened", "find_files", "load_quickly", "load_rows", "open_table"]
