"""How a good file goes wrong: each function spoils a table, its text or its bytes as senders, programs and disks do."""

from __future__ import annotations

import csv
import gzip
import io
import random
import zipfile
from collections.abc import Callable

from benchmarks.fuzz_tables import Table, as_ods, as_text, as_xlsx

JUNK = (
    *("", " ", "-", "n/a", "N/A", "NULL", "null", "None", "#REF!", "#VALUE!", "unknown", "see notes", "TBC"),
    *("<5", "*", "31/02/2025", "2025-13-01", "00/00/0000", "0000-00-00", "9999-12-31", "01/01/0001"),
    *("29/02/2023", "32-Jan-25", "2025-02-30 25:61", "1900-01-00", "infinity", "-infinity", "epoch"),
    *("12/13/2025", "2025", "20250431", "45748", "99999", "2958466", "-1", "Jan", "13:00 pm", "24:00"),
    *("99:99:99", "0.5", "1.5", "2025 Q5", "2025/24 Q1", "9999/00", "10000 Q1", "2025-04-01T12:00:00+99:99"),
    *("2025-04-01T12:00:00Z", "290309-12-21", "5881580-07-11", "0/0/0", "nan", "inf", "-inf", "1e308", "1e309"),
    *("-1e400", "1e-400", "-0", "0x1F", "1_000", "1,2,3", "£", "%", "£1,234.50", "99999999999999999999999"),
    *("170141183460469231731687303715884105728", "1.7976931348623157e309", "1/3", "½", "١٢", "E01000001"),
    *("E01999999", "W01000001", "S01006506", "N20000001", "95AA01S1", "E0102048", "e01020482", "E01020482 "),
    *("'", '"', "''", '""', "\\", "\\N", "'; DROP TABLE incidents; --", "=HYPERLINK(1)", "@SUM(A1)"),
    *("<script>", "&amp;", "\ufeff", "\u00a0", "\u200b", "\u2028", "\u0085", "\x01", "\x1f", "\x1a", "\x07"),
    *("\x7f", "é", "ﬁ", "😀", "𝕏", "\u202eabc", "Ŵ", "İ", "ß", "ﬀ", "Ǆ", "\ud7ff", "\ufffd", "\ufffe", "a\nb"),
    *("a\r\nb", "a\rb", "a,b", "a\tb", "a;b", "a|b", 'a"b', "yes", "Y", "0", "1", "2", "true", "perhaps"),
    *("Total", "TOTAL", "Grand total", "(blank)", "%s", "{0}", "{n}", "$1"),
)  # fmt: skip
DELIMITERS = (",", ",", ",", "\t", ";", "|", ":", " ", "~")
ENDS = ("\r\n", "\r\n", "\n", "\n", "\r")
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "utf-32")
LONG = (300, 5_000, 70_000, 250_000)

InTable = Callable[[random.Random, Table], None]


def _somewhere(draw: random.Random, table: Table) -> tuple[list[str], int] | None:
    rows = [row for row in table.rows if row]
    if not rows:
        return None
    row = draw.choice(rows)
    return row, draw.randrange(len(row))


def junk_cells(draw: random.Random, table: Table) -> None:
    """A few cells say something else."""
    for _ in range(draw.choice((1, 2, 5, 20))):
        if (at := _somewhere(draw, table)) is not None:
            at[0][at[1]] = draw.choice(JUNK)


def junk_column(draw: random.Random, table: Table) -> None:
    """A whole column says something else."""
    column, word = draw.randrange(max(len(table.headings), 1)), draw.choice(JUNK)
    for row in table.rows:
        if column < len(row):
            row[column] = word if draw.random() < 0.9 else draw.choice(JUNK)


def cells_edited(draw: random.Random, table: Table) -> None:
    """Characters are lost, doubled or changed inside cells."""
    for _ in range(draw.randint(1, 8)):
        if (at := _somewhere(draw, table)) is not None and (cell := at[0][at[1]]):
            i = draw.randrange(len(cell))
            at[0][at[1]] = cell[:i] + draw.choice(("", cell[i] * 2, draw.choice("0O1l/-:. '\"é"))) + cell[i + 1 :]


def cells_swapped(draw: random.Random, table: Table) -> None:
    """Cells of one column stand in another."""
    for _ in range(draw.randint(1, 6)):
        a, b = _somewhere(draw, table), _somewhere(draw, table)
        if a and b:
            a[0][a[1]], b[0][b[1]] = b[0][b[1]], a[0][a[1]]


def long_cell(draw: random.Random, table: Table) -> None:
    """One cell is very long."""
    if (at := _somewhere(draw, table)) is not None:
        at[0][at[1]] = draw.choice(("x", "1", '"', ",", "é", "\n", " ")) * draw.choice(LONG)


def ragged_rows(draw: random.Random, table: Table) -> None:
    """Rows have too few or too many columns."""
    for row in draw.sample(table.rows, min(len(table.rows), draw.randint(1, 5))):
        if draw.random() < 0.5:
            del row[draw.randint(0, len(row)) :]
        else:
            row += [draw.choice(JUNK) for _ in range(draw.choice((1, 1, 2, 50)))]


def rows_repeated(draw: random.Random, table: Table) -> None:
    """Rows come twice, or the heading comes again among them."""
    for _ in range(draw.randint(1, 5)):
        if table.rows:
            again = list(draw.choice([*table.rows, table.headings]))
            table.rows.insert(draw.randrange(len(table.rows) + 1), again)


def rows_lost(draw: random.Random, table: Table) -> None:
    """Rows are cut away, sometimes all of them."""
    table.rows = table.rows[: draw.choice((0, 1, 2, len(table.rows) // 2))]


def blank_rows(draw: random.Random, table: Table) -> None:
    """Rows with nothing in them, of any width."""
    for _ in range(draw.randint(1, 4)):
        table.rows.insert(draw.randint(0, len(table.rows)), [""] * draw.choice((0, 1, len(table.headings))))


def totals_below(draw: random.Random, table: Table) -> None:
    """A total or a note stands under the rows."""
    table.rows.append([draw.choice(("Total", "Source: data team", "End of report")), *["" for _ in table.headings[1:]]])


def notes_above(draw: random.Random, table: Table) -> None:
    """A title and notes stand over the headings."""
    notes = [
        [draw.choice(("Extract", "Run by the data team", "OFFICIAL", "", 'He said "no'))]
        for _ in range(draw.choice((1, 3, 45)))
    ]
    table.rows = [*notes[1:], list(table.headings), *table.rows]
    table.headings = notes[0]


def columns_shuffled(draw: random.Random, table: Table) -> None:
    """The columns come in another order."""
    order = list(range(len(table.headings)))
    draw.shuffle(order)
    table.headings = [table.headings[i] for i in order]
    table.rows = [[row[i] if i < len(row) else "" for i in order] for row in table.rows]


def column_lost(draw: random.Random, table: Table) -> None:
    """A column did not come."""
    if table.headings:
        gone = draw.randrange(len(table.headings))
        table.headings = [h for i, h in enumerate(table.headings) if i != gone]
        table.rows = [[c for i, c in enumerate(row) if i != gone] for row in table.rows]


def column_repeated(draw: random.Random, table: Table) -> None:
    """A column comes twice under one heading, with other values the second time."""
    if table.headings:
        again = draw.randrange(len(table.headings))
        table.headings.append(table.headings[again])
        for row in table.rows:
            row.append(draw.choice(JUNK) if draw.random() < 0.3 else row[again] if again < len(row) else "")


def heading_changed(draw: random.Random, table: Table) -> None:
    """A heading is blank, junk, or written another way."""
    if table.headings:
        at = draw.randrange(len(table.headings))
        word = table.headings[at]
        table.headings[at] = draw.choice(
            (
                word.upper(),
                word.replace(" ", "_"),
                f" {word}  ",
                word + "\n(see notes)",
                "",
                word[:-1],
                "c0",
                "file",
                "line",
                *JUNK[:8],
            )
        )


def many_columns(draw: random.Random, table: Table) -> None:
    """Many more columns than any feed has."""
    more = draw.choice((1, 3, 80, 400))
    table.headings += [draw.choice(("", "Notes", f"Column{i}")) for i in range(more)]
    for row in table.rows:
        row += [draw.choice(JUNK) if draw.random() < 0.05 else "" for _ in range(more)]


IN_CELLS: tuple[InTable, ...] = (junk_cells, junk_column, cells_edited, cells_swapped, rows_lost, totals_below)
# Those that leave the headings alone come first: such files are read together, which is what makes this quick.
KEEPING: tuple[InTable, ...] = (
    *(junk_cells, junk_cells, junk_column, cells_edited, cells_swapped, long_cell, ragged_rows, rows_repeated),
    *(rows_lost, blank_rows, totals_below),
)
CHANGING: tuple[InTable, ...] = (
    *(notes_above, columns_shuffled, column_lost, column_repeated, heading_changed, many_columns),
)


def spoilt_text(draw: random.Random, table: Table) -> bytes:
    """The table as bytes in some delimiter, quoting, line ends and encoding, seldom the ones it should have."""
    plain = draw.random() < 0.6
    delimiter = "," if plain else draw.choice(DELIMITERS)
    quoting = csv.QUOTE_MINIMAL if plain else draw.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC))
    text = as_text(table, delimiter, "\r\n" if plain else draw.choice(ENDS), quoting)
    if draw.random() < 0.1:
        text = "".join(
            line.rstrip("\r\n") + draw.choice(("\n", "\r\n", "\r", "\n\n")) for line in text.splitlines(True)
        )
    if draw.random() < 0.1:
        text = text.rstrip("\r\n")
    if draw.random() < 0.15:
        for _ in range(draw.randint(1, 3)):
            at = draw.randint(0, len(text))
            text = text[:at] + draw.choice(('"', '""', "'", "\\", "\n", "\r", delimiter, "\x00", "\ufeff")) + text[at:]
    encoding = "utf-8" if draw.random() < 0.7 else draw.choice(ENCODINGS)
    return text.encode(encoding, errors="replace")


def damaged(draw: random.Random, data: bytes) -> bytes:
    """Bytes flipped, cut, doubled, or replaced by others."""
    out = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 10))):
        if not out:
            break
        at = draw.randrange(len(out))
        to = min(len(out), at + draw.choice((1, 2, 16, 500)))
        match draw.randrange(6):
            case 0:
                out[at] ^= 1 << draw.randrange(8)
            case 1:
                del out[at:to]
            case 2:
                out[at:at] = out[at:to]
            case 3:
                out[at:to] = draw.randbytes(to - at)
            case 4:
                out[at:to] = b"\x00" * (to - at)
            case _:
                del out[at if draw.random() < 0.3 else to :]
    return bytes(out)


def zipped(draw: random.Random, data: bytes) -> bytes:
    """The file in a zip, sometimes twice, sometimes with a folder or a stranger beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        archive.writestr(draw.choice(("a.csv", "2025-01/a.csv", "../a.csv", "é.csv", "a.CSV")), data)
        if draw.random() < 0.3:
            archive.writestr("photo.jpg", b"\xff\xd8\xff")
    return out.getvalue()


def tidy(draw: random.Random, table: Table) -> tuple[bytes, str]:
    """A file that is wrong only in what its cells say: the kind that the database reads by itself."""
    table = table.some(draw)
    for _ in range(draw.choice((0, 1, 2, 3))):
        draw.choice(IN_CELLS)(draw, table)
    table.rows = [[cell.replace("\r", " ").replace("\n", " ") for cell in row] for row in table.rows if any(row)]
    return as_text(table).encode(), "csv"


def mutated(draw: random.Random, table: Table) -> tuple[bytes, str]:
    """A file that is wrong in any way: its bytes, and how its name ends."""
    table = table.some(draw)
    for _ in range(draw.choice((0, 1, 1, 2, 3))):
        draw.choice(KEEPING)(draw, table)
    if draw.random() < 0.08:
        draw.choice(CHANGING)(draw, table)
    form = draw.choices(("csv", "csv.gz", "zip", "xlsx", "ods"), (80, 6, 4, 5, 5))[0]
    if form in ("xlsx", "ods"):
        data = as_xlsx(table) if form == "xlsx" else as_ods(table)
    else:
        data = spoilt_text(draw, table)
        if form == "csv" and draw.random() < 0.25:
            data = damaged(draw, data)
        data = gzip.compress(data, 1) if form == "csv.gz" else zipped(draw, data) if form == "zip" else data
    if form != "csv" and draw.random() < 0.4:
        data = damaged(draw, data)
    if draw.random() < 0.02:  # a name that lies about what is inside
        form = draw.choice(("csv", "csv.gz", "zip", "xlsx", "ods", "tsv", "txt", "xlsm"))
    return data, form
