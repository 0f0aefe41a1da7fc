"""Sentences for what is wrong with a file of labels."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_PROBLEMS = {
    "unreadable": gettext_lazy("The file is neither CSV in UTF-8 nor an Excel workbook (.xlsx)."),
    "columns": gettext_lazy(
        "The first row must name the columns: code, and at least one of name_ar, name_fr, name_en."
    ),
    "empty": gettext_lazy("The file has no labels."),
    "too_many": gettext_lazy("The file has more than %(value)s rows."),
    "no_code": gettext_lazy("The label has no code."),
    "long_code": gettext_lazy("The code is longer than 120 characters."),
    "no_name": gettext_lazy("The label %(value)s has no name."),
    "twice": gettext_lazy("The code %(value)s stands twice in the file."),
    "parent": gettext_lazy("The broader label %(value)s is not in the file."),
    "loop": gettext_lazy("The label %(value)s is broader than itself."),
}


def problem_text(problem: str, row: int, value: str) -> str:
    """Return a problem as a sentence, with the number of its row."""
    text = str(_PROBLEMS[problem]) % {"value": value}
    return _("Row %(row)s: %(problem)s") % {"row": row, "problem": text} if row else text
