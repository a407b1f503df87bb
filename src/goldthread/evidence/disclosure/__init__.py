"""Small numbers made safe, in one table and across everything that was published before."""

from goldthread.evidence.disclosure.attack import Contradiction, View, attack
from goldthread.evidence.disclosure.differencing import Leak, TooLarge, leaks, withhold_against
from goldthread.evidence.disclosure.layout import Fact, NotAdditive, equations_of
from goldthread.evidence.disclosure.ledger import Ledger, PublishedTable, published, read_ledger, write_ledger
from goldthread.evidence.disclosure.protection import Protected, protect, protect_editions, view_of
from goldthread.evidence.disclosure.rules import Rule, rule_for, rules
from goldthread.evidence.disclosure.suppression import Reason, Withheld, withhold

__all__ = [
    "Contradiction",
    "Fact",
    "Leak",
    "Ledger",
    "NotAdditive",
    "Protected",
    "PublishedTable",
    "Reason",
    "Rule",
    "TooLarge",
    "View",
    "Withheld",
    "attack",
    "equations_of",
    "leaks",
    "protect",
    "protect_editions",
    "published",
    "read_ledger",
    "rule_for",
    "rules",
    "view_of",
    "withhold",
    "withhold_against",
    "write_ledger",
]
