"""The page of the records of all States: empty, loaded, and the differences in three forms."""

import csv
import io
from pathlib import Path

import pytest
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.intake.commands.world import load_world
from tests.factories import make_instance, make_person
from tests.intake.readers.uhri.samples import export, raw

pytestmark = pytest.mark.django_db
PAGE = "/en/imports/world/"


@pytest.fixture
def coordinator(client: Client) -> Client:
    make_instance()
    client.force_login(make_person(Role.COORDINATOR))
    return client


def load(folder: Path, *numbers: int, text: str = "132.1 Dig wells (Norway);") -> None:
    path = folder / "export.json"
    path.write_bytes(export(*(raw(n, Countries=["Chile"], Text=text) for n in numbers)))
    load_world(path, complete=True)


def test_before_anything_is_loaded_the_page_says_how(coordinator: Client) -> None:
    page = coordinator.get(PAGE).content.decode()
    assert "No export was loaded yet" in page
    assert "tawsiya world load export-full-en.json" in page


def test_the_page_shows_what_is_loaded_and_what_the_latest_export_brought(
    coordinator: Client, tmp_path: Path
) -> None:
    load(tmp_path, 1, 2, 3)
    # What the first export brought is everything: no list of differences.
    assert coordinator.get("/en/imports/world.json?show=created").json()["results"] == []
    load(tmp_path, 2, 3, 4, text="132.1 Dig deep wells (Norway);")
    page = coordinator.get(PAGE).content.decode()
    assert "Dig deep wells" in page
    assert page.count("Withdrawn") >= 1
    (new,) = coordinator.get("/en/imports/world.json?show=created").json()["results"]
    assert (new["action"], new["states"], new["text"]) == ("created", ["CHL"], "Dig deep wells")
    answer = coordinator.get("/en/imports/world.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined, arg-type]
    assert sorted((row["action"], row["fields"]) for row in rows) == [
        ("changed", "text"),
        ("changed", "text"),
        ("withdrawn", ""),
    ]
