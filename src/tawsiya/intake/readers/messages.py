"""Every sentence a reader can say, in English, by code.

A reader never imports Django, so a sentence leaves it as a code and parameters; a page shows
``gettext(MESSAGES[code]) % params``. ``_`` only marks the sentences for the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping

Scalar = str | int
Params = Mapping[str, Scalar | tuple[str, ...]]


def _(sentence: str) -> str:
    return sentence


ERRORS: dict[str, str] = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(limit_mib)s MiB, the most that is read."),
    "missing_file": _("There is no readable file at %(path)s."),
    "legacy_word": _(
        "This is a Word file in the old .doc format, and LibreOffice is not installed here to convert it:"
        " open it in Word or LibreOffice and save it as .docx."
    ),
    "encrypted": _(
        "This file is protected by a password: save a copy without the password and give that one."
    ),
    "legacy_office": _(
        "This is an Office file in an old binary format that is not a Word text;"
        " today .docx matrices are read."
    ),
    "other_kind": _(
        "This is %(kind)s; UPR reports, concluding observations, reports on visits and OHCHR's Word"
        " matrices (.docx, .pdf) are read."
    ),
    "not_a_matrix": _(
        "This Word file holds no table of recommendations: no table has a column of numbered"
        " recommendations with their position or themes."
    ),
    "not_a_filled_matrix": _(
        "This file is no matrix to fill in: no table has its columns for measures, obstacles and next steps."
    ),
    "own_matrix": _(
        "This is a matrix that institutions fill in, not a document of the United Nations: it is"
        " read back on the page of filled matrices."
    ),
    "pdf_of_other_kind": _(
        "This PDF is none of the documents that are read: a report of the UPR Working Group or its"
        " addendum, concluding observations of a treaty body, a special procedure's report on a visit."
    ),
    "pdf_broken": _("The file is damaged: it is no complete PDF file."),
    "pdf_without_text": _(
        "This PDF is a picture of its %(pages)s pages, without text: give the Word version, or a PDF"
        " made by text recognition (OCR)."
    ),
    "pdf_too_many_pages": _("The PDF has %(count)s pages, more than %(limit)s: refused as too large."),
    "pdf_page_too_full": _(
        "Page %(page)s of the PDF holds more than %(limit)s characters: refused as unsafe."
    ),
    "pdf_too_much_text": _("The PDF holds more than %(limit)s characters: refused as too large."),
    "zip_broken": _("The file is damaged: it is no complete .docx package (%(detail)s)."),
    "zip_too_many": _("The package holds %(count)s files, more than %(limit)s: refused as unsafe."),
    "zip_bomb": _(
        "The package would unpack to far more than a document needs (%(detail)s): refused as unsafe."
    ),
    "zip_part_encrypted": _("A part of the package is encrypted (%(part)s): save it without a password."),
    "zip_duplicate": _("The package holds the part %(part)s twice: refused as unsafe."),
    "part_missing": _("The package lacks a part that a Word file must have (%(part)s)."),
    "xml_forbidden": _("The part %(part)s declares a DTD or entities: refused as unsafe."),
    "xml_broken": _("The part %(part)s is not well-formed XML (%(detail)s)."),
    "xml_too_deep": _("The part %(part)s is nested deeper than %(limit)s levels: refused as unsafe."),
    "xml_too_big": _("The part %(part)s holds more than %(limit)s elements: refused as too large."),
    "too_many_rows": _("The tables hold more than %(limit)s rows: refused as too large."),
    "timed_out": _("Reading took longer than %(seconds)s seconds and was stopped."),
    "out_of_memory": _("Reading needed more than %(limit_mib)s MiB of memory and was stopped."),
    "output_too_large": _("What was read is larger than %(limit_mib)s MiB and was dropped."),
    "reader_crashed": _("The reader stopped on this file without a result (%(detail)s)."),
    "ocr_missing": _(
        "Text can be recognized from pictures only where Tesseract is installed, with Arabic, French or"
        " English: ask the administrator, or give the Word version."
    ),
    "ocr_no_pdf": _("Text is recognized from the pages of PDF files only."),
    "ocr_failed": _("Recognizing the text of a page did not succeed: give the Word version."),
    "ocr_too_many_pages": _("Text is recognized from %(limit)s pages at most."),
    "encoding_unknown": _(
        "The encoding of this text could not be recognized, or is not the one chosen: save it as CSV UTF-8."
    ),
    "no_table": _("The file holds no table of at least two columns."),
    "no_such_sheet": _("The workbook has no sheet named %(sheet)s."),
    "too_many_columns": _("A sheet has more than %(limit)s columns: refused as unsafe."),
    "too_many_cells": _("The sheets hold more than %(limit)s cells: refused as too large."),
    "legacy_word_failed": _(
        "LibreOffice could not convert this Word file in the old .doc format: open it in Word and save it"
        " as .docx."
    ),
    "spreadsheet": _(
        "This is a spreadsheet that is no export of the United Nations: on the page of imports, say what"
        " its columns hold."
    ),
    "no_annotations": _("The file holds no records of the Universal Human Rights Index."),
    "xlsx_broken": _("The file is damaged: it is no complete Excel workbook."),
    "cell_too_large": _("A cell holds more than %(limit)s characters: refused as unsafe."),
    "gzip_broken": _("The file is damaged: it cannot be unpacked."),
    "json_broken": _("The file is no valid JSON export (%(detail)s)."),
    "json_cut_short": _("The file ends before its list of records does: download it again."),
    "json_too_deep": _("The JSON file is nested too deeply: refused as unsafe."),
    "json_record_too_large": _("A record of the file is larger than %(limit_mib)s MiB: refused as unsafe."),
    "no_numbered_paragraphs": _("No numbered paragraph was found in this file: it asks nothing."),
}
"""Why a file cannot be read."""

KINDS: dict[str, str] = {
    "kind_pdf": _("a PDF file"),
    "kind_excel": _("an Excel workbook"),
    "kind_powerpoint": _("a PowerPoint presentation"),
    "kind_opendocument": _("an OpenDocument file"),
    "kind_rtf": _("an RTF text"),
    "kind_image": _("an image"),
    "kind_archive": _("an archive"),
    "kind_program": _("a program"),
    "kind_html": _("a web page"),
    "kind_xml": _("an XML file"),
    "kind_json": _("a JSON file"),
    "kind_text": _("a plain text"),
    "kind_unknown": _("a file of unknown kind"),
}
"""What a file is, by the parameter ``kind_code`` of ``other_kind``."""

WARNINGS: dict[str, str] = {
    "no_number": _("The recommendation has no paragraph number."),
    "same_paragraph": _("Paragraph %(paragraph)s stands in the file more than once, with other words."),
    "repeated_recommendation": _(
        "Paragraph %(paragraph)s is repeated with the same words (first in row %(row)s)."
    ),
    "no_recommending_state": _("No recommending State is named."),
    "state_unrecognised": _("“%(name)s” is no State that is known; write it as the UN does."),
    "state_suggested": _("“%(name)s” is no State that is known; was %(suggestions)s meant?"),
    "state_spacing": _("“%(name)s” was read as %(state)s."),
    "state_in_text": _("“%(name)s” stands in brackets inside the text and was left there."),
    "bracket_kept": _(
        "“%(name)s” ends the text in brackets but does not look like a State; it was left there."
    ),
    "states_differ": _(
        "The States in brackets and those in the States column differ (%(names)s); all are kept."
    ),
    "unbalanced_brackets": _("A bracket around “%(name)s” is missing."),
    "several_recommendations": _(
        "One paragraph joins several recommendations, each with its own States: %(parts)s."
    ),
    "cell_split": _("One cell holds several numbered recommendations; they were separated."),
    "row_joined": _("The text goes on in the next row; the two were joined."),
    "position_unknown": _("The position “%(position)s” is neither supported nor noted."),
    "position_missing": _("The position is missing."),
    "no_source": _("The source of the position is missing."),
    "symbol_from_elsewhere": _(
        "The row names no document; the symbol %(symbol)s was taken from elsewhere in the file."
    ),
    "no_symbol": _("No document symbol was found."),
    "text_empty": _("The recommendation has no text."),
    "text_too_long": _("The text is longer than %(limit)s characters and was cut."),
    "no_header_row": _("A table has no header row; its columns were recognized by what they hold."),
    "column_ignored": _("The column “%(header)s” was not recognized and was left out."),
    "row_ignored": _("A row over the full width is no heading and was left out: %(text)s"),
    "state_under_review_unknown": _("The State under review was not recognized."),
    "session_from_file_name": _("The session (%(session)s) was taken from the name of the file."),
    "cycle_from_session": _("The cycle (%(cycle)s) was derived from the session."),
    "number_unexpected": _("The number %(number)s does not follow the one before it."),
    "number_by_order": _(
        "The recommendation has no number in the document; %(number)s counts it in its list."
    ),
    "unnumbered_joined": _("A paragraph without a number was joined to this recommendation: %(text)s"),
    "numbers_missing": _("Paragraphs that the numbering expects were not found: %(numbers)s."),
    "no_answers": _("No answer to a recommendation was found in this addendum."),
    "answer_missing": _("The addendum names this recommendation, but no answer to it was recognized."),
    "answers_differ": _(
        "The addendum gives two answers to this recommendation (%(first)s, then %(second)s);"
        " the first is kept."
    ),
    "answer_excepted": _("The addendum excepts this recommendation from an answer; read it there."),
    "footnote": _("A footnote belongs here: %(text)s"),
    "text_damaged": _(
        "The letters of this PDF are damaged: the wording cannot be trusted. Use the Word version, or"
        " text recognition (OCR)."
    ),
    "follow_up_not_found": _(
        "Paragraphs that the document chooses for follow-up were not found: %(numbers)s."
    ),
    "annotations_repeated": _(
        "%(count)s records of the file repeat the identifier of another; the richer one was kept."
    ),
    "several_states": _(
        "The file holds records about %(count)s States; those about other States are left out here."
    ),
    "tracked_changes": _("The file holds tracked changes: deletions were left out, insertions kept."),
    "text_recognised": _("The text was recognized from a picture (OCR): compare it with the page."),
    "formulas_left_out": _("Cells with a formula and no value were left empty: %(cells)s."),
    "language_unknown": _("Cell %(cell)s: the language of the text was not recognized; fix it for all rows."),
    "number_not_understood": _("Cell %(cell)s: “%(value)s” is not only the number of a paragraph."),
    "part_not_understood": _("Cell %(cell)s: “%(value)s” is no lettered part; write “a” or “a.ii”."),
    "value_unknown": _("Cell %(cell)s: “%(value)s” is no value that is known for this field."),
    "date_unknown": _("Cell %(cell)s: “%(value)s” is no full date; write it as 2024-05-31 or 31/05/2024."),
    "status_unknown": _("Cell %(cell)s: nobody has said which status “%(value)s” is; it is left out."),
    "institution_unknown": _(
        "Cell %(cell)s: nobody has said which institution “%(value)s” is; it is left out."
    ),
    "zero_restored": _("Cell %(cell)s: the number was read as %(value)s, its last zero being lost."),
}
"""What a person should look at in a record or a file that was read."""

MESSAGES: dict[str, str] = {**ERRORS, **KINDS, **WARNINGS}


def render(code: str, params: Params) -> str:
    """The English sentence of ``code``. Raises KeyError for an unknown code or parameter."""
    shown = {k: ", ".join(v) if isinstance(v, tuple) else v for k, v in params.items()}
    return MESSAGES[code] % shown
