"""Bombs through the page of upload: a sentence in the reader's language, never a server error."""

from typing import Any

import pytest

from tawsiya.accounts.reader import Reader
from tawsiya.intake.models import ImportRun
from tests.intake.readers.bombs import BOMBS, READ
from tests.intake.readers.test_bombs import SLOW
from tests.intake.test_views import page, send, signed_in

SOME = (
    "zip-in-zip.zip",
    "declared-huge.docx",
    "parameter-entity.docx",
    "endless-object.pdf",
    "utf-7.docx",
    "nothing.docx",
)
QUICK = ("formulas.docx", "pdf-and-zip.pdf")


@pytest.fixture(autouse=True)
def _read_at_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read large files too while the page waits, without other programs: the refusal is looked at here."""
    settings.IMPORT_INLINE_BYTES = 100 * 1024 * 1024
    monkeypatch.setenv("PATH", "")


def uploaded(by: Reader, name: str) -> None:
    bomb = BOMBS[name]
    sent = send(signed_in(by), bomb.make(), name, language="fr")
    if sent.status_code == 302:
        assert READ in bomb.codes
        run = ImportRun.objects.get()
        assert page(signed_in(by).get(f"/fr/imports/{run.pk}/compare/"))
        return
    assert sent.status_code == 422
    said = page(sent).select_one(".invalid-feedback, .tw-field__error, [id$=error]")
    assert said is not None
    assert said.text.strip()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("name", [*SOME, *QUICK])
def test_a_bomb_is_refused_with_a_sentence(by: Reader, name: str) -> None:
    uploaded(by, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in BOMBS if name not in (*SOME, *QUICK)])
def test_no_bomb_is_a_server_error(by: Reader, name: str) -> None:
    uploaded(by, name)


def test_the_slow_ones_are_there() -> None:
    assert set(BOMBS) >= SLOW
