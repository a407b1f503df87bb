"""The order of things: every edition asked for, in every format asked for, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import date
from pathlib import Path
from typing import Final

from goldthread.chapters.model import Assessment, Edition
from goldthread.editions.annex import pictured
from goldthread.editions.datapackage import write_datapackage
from goldthread.editions.docx import write_docx
from goldthread.editions.html import page
from goldthread.editions.odt import write_odt
from goldthread.editions.pdf import write_pdf
from goldthread.editions.pictures import Drawing, Pictures
from goldthread.editions.prepared import Document, prepare
from goldthread.editions.remembering import remembered
from goldthread.editions.tabulated import Annex, annex_of
from goldthread.editions.workbook import write_workbook
from goldthread.evidence.disclosure import Ledger, read_ledger, rule_for, write_ledger
from goldthread.evidence.trouble import BadRequest, CannotWrite

DOCUMENTS: Final = ("html", "pdf", "docx", "odt")
DATA: Final = ("xlsx", "csv")
FORMATS: Final = (*DOCUMENTS, *DATA)
Writer = Callable[[Document, Pictures, date], bytes]
# How a document is written in each format, the slowest first.
WRITERS: Final[Mapping[str, Writer]] = {
    "pdf": write_pdf,
    "html": lambda document, pictures, _: page(document, pictures.geography).encode(),
    "docx": write_docx,
    "odt": write_odt,
}
# The data are released to whoever may read this edition, so they follow its rule for small numbers.
DATA_FOLLOWS: Final = Edition.PUBLIC
# What earlier releases showed, kept beside them.
LEDGER: Final = "published.json"

# Told as files are written: what is going on, how many are done, and of how many.
Report = Callable[[str, int, int], None]
Job = Callable[[], dict[str, bytes]]


def write_all(
    assessment: Assessment,
    to: Path,
    editions: Iterable[str] = tuple(Edition),
    formats: Iterable[str] = FORMATS,
    progress: Report = lambda _what, _done, _of: None,
    published: Path | None = None,
) -> list[Path]:
    """
    Write the editions and the data annex into a folder, and list the files.

    `published` is the ledger of what earlier releases showed; without one it is
    `published.json` of the folder. Nothing is shown that could be subtracted
    from an earlier release to give a small number away, and what this release
    shows is added to the ledger.

    `{edition}.{html,pdf,docx,odt}`, `data.xlsx` and `data/`. All of it is made
    in a hidden folder inside `to` first and only then moved into place, so that
    no half-written file is ever found under its name: an error or Ctrl-C leaves
    the folder as it was. With no edition, nothing is written. BadRequest for a
    target that is a file or a logo that is no picture; CannotWrite when the folder or disk will not have it;
    ValueError for an edition or format that there is not.
    """
    wanted = tuple(dict.fromkeys(formats))
    if unknown := [name for name in wanted if name not in FORMATS]:
        raise ValueError(f"There is no format “{unknown[0]}”. Formats are {', '.join(FORMATS)}.")
    shown = tuple(dict.fromkeys(map(Edition, editions)))
    if not shown:
        return []
    hidden = _hidden_folder(to)
    try:
        ledger = _ledger(published or to / LEDGER)
        _make(_jobs(assessment, shown, wanted, ledger), hidden, progress)
        write_ledger(hidden / LEDGER, _remembering(assessment, shown, ledger))
        return [path for path in _moved(hidden, to) if path.name != LEDGER]
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CannotWrite(f"The editions could not be written to {to}: {reason}. Nothing was left there.") from error
    finally:
        shutil.rmtree(hidden, ignore_errors=True)


def _ledger(path: Path) -> Ledger:
    try:
        return read_ledger(path)
    except ValueError as error:
        raise BadRequest(str(error)) from error


def _remembering(assessment: Assessment, editions: Sequence[Edition], ledger: Ledger) -> Ledger:
    """Add what this release shows to the ledger, for each edition that withholds anything."""
    for rule in (rule_for(edition.value) for edition in editions):
        if rule.withholds:
            ledger = remembered(assessment, rule, ledger)
    return ledger


def _hidden_folder(to: Path) -> Path:
    """Make the folder that everything is first written in; inside `to`, so that moving is only renaming."""
    if to.exists() and not to.is_dir():
        raise BadRequest(f"{to} is a file. Name a folder to write the editions to.")
    try:
        to.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".writing-", dir=to))
    except OSError as error:
        raise CannotWrite(f"Nothing can be written to {to}: {error.strerror}.") from error


def last_day(assessment: Assessment) -> date:
    """Give the last day of the assessment's data, by which its files are dated: never the clock's."""
    year, month = (int(part) for part in assessment.period[1].split("-")[:2])
    return date(year, month, monthrange(year, month)[1])


def _jobs(assessment: Assessment, editions: Sequence[Edition], formats: Sequence[str], ledger: Ledger) -> list[Job]:
    """List what is to be done, the longest first; each job gives its files by name."""
    made_on = last_day(assessment)
    documents = {edition: prepare(assessment, edition, rule_for(edition.value), ledger) for edition in editions}
    pictures = Pictures(assessment.geography, assessment.partnership)
    if assessment.partnership.logo_svg:
        pictures.logo(assessment.partnership.logo_svg)
    drawings = [pictures.drawn(block, edition) for edition, one in documents.items() for block in pictured(one)]
    jobs: list[Job] = []
    if drawings and {"docx", "odt"} & set(formats):
        # Word and Writer files come last, and wait for this; typst sets the PDFs meanwhile.
        jobs.append(lambda: _rasterised(pictures, drawings))
    for form in (form for form in WRITERS if form in formats):
        jobs += [
            _document_job(f"{edition.value}.{form}", WRITERS[form], document, pictures, made_on)
            for edition, document in documents.items()
        ]
    if set(DATA) & set(formats):
        annex = annex_of(assessment, rule_for(DATA_FOLLOWS.value), ledger)
        jobs += [_data_job(form, annex, made_on) for form in DATA if form in formats]
    return jobs


def _rasterised(pictures: Pictures, drawings: Sequence[Drawing]) -> dict[str, bytes]:
    """Turn all pictures into PNG in one go; no file of its own comes of it."""
    pictures.rasterise(drawings)
    return {}


def _document_job(
    name: str,
    writer: Callable[[Document, Pictures, date], bytes],
    document: Document,
    pictures: Pictures,
    made_on: date,
) -> Job:
    return lambda: {name: writer(document, pictures, made_on)}


def _data_job(form: str, annex: Annex, made_on: date) -> Job:
    if form == "xlsx":
        return lambda: {"data.xlsx": write_workbook(annex, made_on)}
    return lambda: {f"data/{name}": content for name, content in write_datapackage(annex).items()}


def _make(jobs: Sequence[Job], hidden: Path, report: Report) -> None:
    """Do the jobs two at a time (typst works while Python does) and write each one's files when it is done."""
    pool = ThreadPoolExecutor(max_workers=2)
    try:
        waiting = [pool.submit(job) for job in jobs]
        for done, finished in enumerate(as_completed(waiting), 1):
            for name, content in finished.result().items():
                path = hidden / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)
            report("Writing the editions", done, len(jobs))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _moved(hidden: Path, to: Path) -> list[Path]:
    """
    Move everything from the hidden folder into place, all of it or none.

    What was there before under the same name is set aside, and put back when
    a move fails or is interrupted.
    """
    set_aside = Path(tempfile.mkdtemp(prefix="before-", dir=hidden))
    made = sorted(path for path in hidden.iterdir() if path != set_aside)
    undo: list[tuple[Path, Path]] = []
    try:
        for source in made:
            target = to / source.name
            if target.exists():
                undo.append((set_aside / source.name, target))
                os.replace(target, set_aside / source.name)
            undo.append((target, source))
            os.replace(source, target)
    except BaseException:
        for there, back in reversed(undo):
            if there.exists():
                os.replace(there, back)
        raise
    return sorted(file for source in made for file in _files(to / source.name))


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [file for file in path.iterdir() if file.is_file()]
