"""Read the hand-written tables of state × action × role × own or other institution."""

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Grant, Reader

OWN, OTHER, DELEGATION = 1, 2, 3
ASKER, AUTHOR = 10, 11
DELEGATES = ("administrator", "coordinator", "analyst")
COLUMNS = (
    "administrator",
    "coordinator",
    "analyst",
    "own validator",
    "own focal_point",
    "own head",
    "other validator",
    "other focal_point",
    "other head",
    "observer",
    "nhri",
    "civil_society",
)

Case = tuple[str, str, str, str]


def cases(table: str) -> list[Case]:
    """Return (state, action, column, outcome) of each cell."""
    lines = table.strip().splitlines()[1:]
    return [
        (state, action, column, outcome)
        for state, action, *outcomes in (line.split() for line in lines)
        for column, outcome in zip(COLUMNS, outcomes, strict=True)
    ]


def reader_in_column(column: str, user_id: int = ASKER, *, on_behalf_of: int | None = None) -> Reader:
    """Return somebody with the column's role, in the own or another institution."""
    side, _, name = column.rpartition(" ")
    if side:
        institution = OWN if side == "own" else OTHER
    else:
        institution = DELEGATION if name in DELEGATES else OTHER
    grant = Grant(
        Role(name),
        institution,
        frozenset({institution}),
        on_behalf_of_id=on_behalf_of,
        on_behalf_of_name="Author" if on_behalf_of else "",
    )
    return Reader(user_id=user_id, name="Somebody", language="en", grants=(grant,))
