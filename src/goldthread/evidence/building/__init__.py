"""Accepted rows to one sealed evidence file: build new, verify, swap, fingerprint."""

from goldthread.evidence.building.building import Wanted, build
from goldthread.evidence.building.fingerprint import fingerprint_of

__all__ = ["Wanted", "build", "fingerprint_of"]
