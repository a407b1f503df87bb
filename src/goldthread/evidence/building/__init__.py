"""Accepted rows to one sealed evidence file: build new, verify, swap, fingerprint."""

from goldthread.evidence.building.building import build
from goldthread.evidence.building.fingerprint import fingerprint_of
from goldthread.evidence.building.wanted import Wanted

__all__ = ["Wanted", "build", "fingerprint_of"]
