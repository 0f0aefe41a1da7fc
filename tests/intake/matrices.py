"""OHCHR-like matrices of the fictional State, written row by row."""

from dataclasses import dataclass, field

from tests.intake.readers.matrixbuilder import HEADER_2025, cell, docx, heading, row, table

SYMBOL = "A/HRC/57/901"
TITLE = "UPR of {state} (4th Cycle - 46th Session)\tThematic list of recommendations\tPage 1 of 2"


@dataclass(frozen=True)
class Line:
    """A recommendation of a matrix."""

    paragraph: str
    text: str
    states: tuple[str, ...] = ("Chile",)
    position: str = "Supported"
    themes: tuple[str, ...] = ("Right to education",)
    persons: tuple[str, ...] = ("Children",)
    sdgs: tuple[str, ...] = ("4 - QUALITY EDUCATION",)
    symbol: str = SYMBOL
    theme_row: str = "Right to education"
    extra: dict[str, str] = field(default_factory=dict)


SCHOOLS = Line("120.1", "Build schools in remote regions for the children of nomadic families")
PRISONS = Line(
    "120.2",
    "Reduce overcrowding in prisons and open them to independent visits",
    states=("Norway", "Ghana"),
    position="Noted",
    themes=("Conditions of detention",),
    persons=("Persons deprived of their liberty",),
    sdgs=("16 - PEACE, JUSTICE AND STRONG INSTITUTIONS", "16.3 - Rule of law"),
    theme_row="Conditions of detention",
)
WATER = Line("120.3", "Ensure drinking water for every village of the south", states=("Fiji",))
LINES = (SCHOOLS, PRISONS, WATER)


def matrix(lines: tuple[Line, ...] = LINES, *, state: str = "Tamourt", source: bool = True) -> bytes:
    """Return a Word matrix in today's layout."""
    rows = [row(*HEADER_2025, header=True)]
    theme = ""
    for line in lines:
        if line.theme_row != theme:
            theme = line.theme_row
            rows.append(heading(f"Theme: {theme}"))
        states = " ".join(f"({name})" for name in line.states)
        first = [f"{line.paragraph} {line.text} {states};".strip()]
        if source:
            first.append(f"Source of Position: {line.symbol}/Add.1 - Para.3")
        rows.append(
            row(
                cell(*first),
                line.position,
                cell(
                    *(f"- {theme}" for theme in line.themes),
                    "Groups of Persons: ",
                    *(f"- {person}" for person in line.persons),
                ),
                cell(*(f"- {sdg}" for sdg in line.sdgs)),
            )
        )
    return docx(table(*rows), title=TITLE.format(state=state))
