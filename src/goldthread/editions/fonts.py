"""The letters a PDF is set in: the same files, and no others, on every machine."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import typst

FAMILY = "Source Sans Pro"
_FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold")


@cache
def typst_fonts() -> typst.Fonts:
    """
    Which fonts may a page use? Source Sans Pro in five faces, then what typst carries itself.

    The machine's own fonts are left out, and the package's folder is not handed
    over whole: it holds every face twice, and which of the two is met first
    depends on the disk. Both would make one assessment's bytes differ between
    machines.
    """
    folder = Path(tempfile.mkdtemp(prefix="goldthread-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for face in _FACES:
        name = f"SourceSansPro-{face}.otf"
        with as_file(files("font_source_sans_pro") / "files" / name) as font:
            shutil.copy(font, folder / name)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
