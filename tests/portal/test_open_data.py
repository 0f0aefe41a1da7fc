"""docs/open-data.md says what the data hold."""

import re
from pathlib import Path

from django.test import RequestFactory

from tawsiya.portal.columns import columns_for
from tawsiya.portal.filters import SnapshotFilter

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "open-data.md").read_text()


def test_every_column_is_described() -> None:
    described = set(re.findall(r"`([a-z_]+)`", DOCUMENT))
    keys = {column.key for column in columns_for(RequestFactory().get("/"))}
    assert {"id", "text_ar", "text_ar_status", "licence"} <= keys
    assert {re.sub(r"^text_(ar|fr|en)_status$", "text_en", key) for key in keys} - described == set()


def test_every_filter_is_described() -> None:
    described = set(re.findall(r"`([a-z_]+)`", DOCUMENT))
    assert set(SnapshotFilter.base_filters) - described == set()
    assert "lead" in SnapshotFilter.base_filters
