"""The reports of :mod:`texts` as Word files: numbers typed, or Word's own as in the real ones."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.readers.matrixbuilder import docx, numbered, numbering, paragraph, row, table

Block = tuple[str, ...]


def typed(blocks: Sequence[Block], *, dash: bool = False) -> bytes:
    """A Word file whose numbers are text; ``dash`` writes them "129-1" as Arabic editions do."""
    return docx("".join(_typed(block, dash=dash) for block in blocks))


def automatic(blocks: Sequence[Block]) -> bytes:
    """A Word file in which Word counts: paragraphs on level 0, recommendations on level 1."""
    front = [block[1] for block in blocks if block[0] == "front"]
    body = table(row(*front[:2]), row(*front[2:4])) + "".join(paragraph(line) for line in front[4:])
    for block in blocks:
        if block[0] == "main":
            body += numbered(block[2], level=0)
        elif block[0] == "item":
            body += numbered(block[2], level=1)
        elif block[0] != "front":
            body += paragraph(block[-1])
    return docx(body, more={"numbering": numbering(("decimal", "%1."), ("decimal", "%1.%2"))})


def _typed(block: Block, *, dash: bool) -> str:
    if block[0] == "main":
        return paragraph(f"{block[1]}{'-' if dash else '.'}\t{block[2]}")
    if block[0] == "item":
        number = block[1].replace(".", "-") if dash else block[1]
        return paragraph(f"{number}\t{block[2]}")
    return paragraph(block[-1])
