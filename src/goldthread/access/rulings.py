"""Yes, or no with a sentence: the same answer serves the page, its template and the action."""

from __future__ import annotations

from dataclasses import dataclass


class NotAllowed(Exception):
    """An action was refused; the words say why, to the person who asked."""


@dataclass(frozen=True)
class Ruling:
    """
    Whether somebody may do something.

    True in a condition when they may. `reason` is what the page shows where the
    button would be, when they may not; it is empty for a yes.
    """

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason

    def hold(self) -> None:
        """Raise NotAllowed with the reason, unless it is a yes."""
        if self.reason:
            raise NotAllowed(self.reason)


YES = Ruling()


def no(reason: str) -> Ruling:
    """A refusal, with the sentence that says why and, where there is one, what to do."""
    if not reason.strip():
        raise ValueError("A refusal needs its reason.")
    return Ruling(reason)


def first_no(*rulings: Ruling) -> Ruling:
    """The first refusal of several, or yes when all are."""
    return next((r for r in rulings if not r), YES)
