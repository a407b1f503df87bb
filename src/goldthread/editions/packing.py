"""How Word and Writer files are put together: text made safe for XML, and a zip with the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from importlib.resources import files
from string import Template
from xml.sax.saxutils import escape

# Characters that XML 1.0 cannot hold at all, even escaped; a partner's file may bring one in.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STORED = (".png",)


def safe(text: str) -> str:
    """Make text safe inside an XML element or attribute; what XML cannot hold becomes a space."""
    return escape(_NOT_XML.sub(" ", text), {'"': "&quot;"})


def filled(package: str, name: str, **values: str) -> str:
    """Fill in a template of a package: `$word` for each value, which must already be safe."""
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return Template(text).substitute(values)


def pack(files: Iterable[tuple[str, str | bytes]]) -> bytes:
    """
    Zip files in the order given; the first is stored as it is, which ODF asks of `mimetype`.

    Every file is dated 1 January 1980, the earliest a zip can say, so that the
    same assessment gives the same bytes on any day.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for at, (name, content) in enumerate(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            stored = at == 0 or name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=None if stored else 4)
    return buffer.getvalue()
