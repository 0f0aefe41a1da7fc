"""Spreadsheets of a ministry of a fictional State, made here."""

import io

import xlsxwriter

ENGLISH = (
    ("Document symbol", "Paragraph", "Recommendation", "Recommending States", "Position", "Themes"),
    (
        "A/HRC/99/7",
        "132.89",
        "Continue its efforts to open schools in the valleys and to promote the rights of girls",
        "Chile\nNorway",
        "Supported",
        "Education\nGirls",
    ),
    (
        "A/HRC/99/7",
        "132.9",
        "Take measures to strengthen the labour inspectorate in all of the ports",
        "Ghana",
        "Noted",
        "Labour",
    ),
)


def text_of(rows, delimiter=","):
    """CSV with every cell in quotes."""
    return "".join(
        delimiter.join('"' + str(cell).replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows
    )


def book(rows, *, title="Suivi", before=(), merges=(), formulas=()):
    """An XLSX file of one sheet; `merges` are (top, left, bottom, right, text), `formulas` (row, column, text)."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = workbook.add_worksheet(title)
    for number, row in enumerate((*before, *rows)):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    for top, left, bottom, right, text in merges:
        sheet.merge_range(top, left, bottom, right, text)
    for row, column, text in formulas:
        sheet.write_formula(row, column, text, value="")
    workbook.close()
    return stream.getvalue()
