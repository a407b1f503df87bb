"""What each edition is made of: the same findings, laid out for those who read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from goldthread.chapters.model import Edition
from goldthread.editions.document import Section
from goldthread.editions.layouts.analyst import analyst
from goldthread.editions.layouts.executive import executive
from goldthread.editions.layouts.member import member
from goldthread.editions.layouts.public import public
from goldthread.editions.preparing import Preparing

LAYOUTS: Final[Mapping[Edition, Callable[[Preparing], list[Section]]]] = {
    Edition.ANALYST: analyst,
    Edition.EXECUTIVE: executive,
    Edition.MEMBER: member,
    Edition.PUBLIC: public,
}
