"""Every reader at every address: the answers stand by hand in `table.py`."""

import pytest

from tests.access.table import READERS, TABLE

# The part of a table's row that names its app: rows are asked app by app, to fail by name.
APPS = (
    "accounts",
    "analysis",
    "api",
    "audit",
    "dashboards",
    "followup",
    "groups",
    "intake",
    "mechanisms",
    "notifications",
    "portal",
    "programme",
    "recommendations",
    "reports",
    "sample",
    "tagging",
    "",
)


def told(found: list[str]) -> None:
    """Fail with every difference in full, one a line."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_every_address_is_in_the_table_and_the_table_holds_no_other() -> None:
    from tests.access.matrix import differences_of_map, rows_of

    told(differences_of_map(rows_of(TABLE)))


def test_every_app_is_asked() -> None:
    from tests.access.matrix import rows_of

    assert {row.view.partition(":")[0] if ":" in row.view else "" for row in rows_of(TABLE)} == set(APPS)


@pytest.mark.parametrize("app", APPS, ids=lambda app: app or "without-app")
def test_every_reader_gets_what_the_table_says(world, app: str) -> None:
    from tests.access.matrix import differences, rows_of

    rows = [row for row in rows_of(TABLE) if (row.view.partition(":")[0] if ":" in row.view else "") == app]

    told(differences(world, rows, READERS))
