"""Addenda of the fictional State, paragraph by paragraph, as Word files."""

from tests.intake.matrices import SYMBOL
from tests.intake.readers.matrixbuilder import docx, paragraph

FRONT = (
    "{symbol}",
    "8 April 2025",
    "Report of the Working Group on the Universal Periodic Review",
    "Tamourt",
    "Addendum",
)
# The numbers of the lists of the made matrices.
INTRODUCTION = "1. Tamourt thanks the Working Group and answers its recommendations below."


def addendum(*lines: str, symbol: str = f"{SYMBOL}/Add.1") -> bytes:
    """Return an addendum with these paragraphs after its introduction."""
    front = [line.format(symbol=symbol) for line in FRONT]
    return docx("".join(paragraph(line) for line in (*front, INTRODUCTION, *lines)))
