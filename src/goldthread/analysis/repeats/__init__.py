"""What happens again: at the same place, nearby soon after, and to the same people."""

from goldthread.analysis.repeats.knox import knox
from goldthread.analysis.repeats.places import near_repeat_share, repeat_share
from goldthread.analysis.repeats.victims import time_to_repeat, victimisation

__all__ = ["knox", "near_repeat_share", "repeat_share", "time_to_repeat", "victimisation"]
