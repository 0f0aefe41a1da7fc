"""Exports of the Universal Human Rights Index (UHRI): JSON, XLSX, and records of its live interface.

`fields` reads single values, `wording` the text with what is glued on it, `annotation` a whole
record, `files` a file within memory, `sheet` a workbook; `ranges`, `rows` and `bulk` read an export
of any size in pieces.
"""
