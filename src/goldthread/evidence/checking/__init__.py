"""Each row kept, or refused with a line a person can act on."""

from goldthread.evidence.checking.contract import Checked, compiled
from goldthread.evidence.checking.receiving import hold_to_feed, note_problems
from goldthread.evidence.checking.taking import Taken, take, take_quickly

__all__ = ["Checked", "Taken", "compiled", "hold_to_feed", "note_problems", "take", "take_quickly"]
