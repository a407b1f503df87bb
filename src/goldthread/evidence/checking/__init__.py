"""Each row kept, or refused with a line a person can act on."""

from goldthread.evidence.checking.contract import Checked, compiled
from goldthread.evidence.checking.receiving import SHAPE, hold_to_feed, note_problems, read_and_marked

__all__ = ["SHAPE", "Checked", "compiled", "hold_to_feed", "note_problems", "read_and_marked"]
