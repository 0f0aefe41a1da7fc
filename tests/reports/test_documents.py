"""The documents of a large programme: made by a job, taken by who asked for them alone, gone after a day."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from docx import Document
from pypdf import PdfReader

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Membership
from tawsiya.audit import commands as audit
from tawsiya.core import clock, paper
from tawsiya.core.sandbox import MIB, Limits
from tawsiya.programme.models import Version
from tawsiya.reports.documents import AT_ONCE
from tawsiya.reports.making import forget_documents
from tawsiya.reports.models import MadeDocument
from tawsiya.reports.tasks import make_document
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def large() -> Version:
    factories.make_instance()
    version = making.make_version()
    making.fill(version, AT_ONCE + 1)
    return version


def _asked(desk: Client, version: Version, form: str, language: str = "en") -> Any:
    return desk.post(f"/{language}/exports/programmes/{version.pk}/documents/", {"form": form}, follow=True)


def test_a_large_programme_is_written_by_the_job_and_taken_by_who_asked(large: Version) -> None:
    desk = factories.signed_in(Role.COORDINATOR)
    sent = desk.get(f"/en/exports/programmes/{large.pk}.docx", follow=True)
    assert sent.redirect_chain == [(f"/en/exports/programmes/{large.pk}/documents/", 302)]
    assert "Nothing was made for you yet" in sent.content.decode()
    page = _asked(desk, large, "docx").content.decode()
    assert "Waiting" in page and 'hx-trigger="every 1s"' in page
    document = MadeDocument.objects.get()
    make_document(document.pk)
    page = desk.get(f"/en/exports/programmes/{large.pk}/documents/").content.decode()
    assert "plan-of-tamourt-1-draft-en.docx" in page and "every 1s" not in page
    answer = desk.get(f"/en/exports/documents/{document.pk}/file/")
    words = [paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs]
    assert "9.40 Measure 40 of the plan" in words
    assert (
        factories.signed_in(Role.ANALYST).get(f"/en/exports/documents/{document.pk}/file/").status_code == 404
    )


def test_a_pdf_is_in_the_language_of_the_page_it_was_asked_on_and_asked_for_once(large: Version) -> None:
    desk = factories.signed_in(Role.COORDINATOR)
    for _twice in range(2):
        _asked(desk, large, "pdf", "ar")
    document = MadeDocument.objects.get()
    make_document(document.pk)
    book = PdfReader(io.BytesIO(desk.get(f"/en/exports/documents/{document.pk}/file/").content))
    assert book.trailer["/Root"]["/Lang"] == "ar"  # type: ignore[index]


def test_who_lost_the_right_in_the_meantime_gets_none(large: Version) -> None:
    desk = factories.signed_in(Role.COORDINATOR)
    _asked(desk, large, "docx")
    document = MadeDocument.objects.get()
    with audit.change("person.changed", by=audit.SYSTEM):
        Membership.objects.filter(user=document.asked_by).delete()
    make_document(document.pk)
    document.refresh_from_db()
    assert (document.step, document.failed, document.stored_as) == ("failed", "gone", "")


def test_an_unknown_form_is_refused(large: Version) -> None:
    assert (
        "There is no such form"
        in _asked(factories.signed_in(Role.COORDINATOR), large, "odt").content.decode()
    )
    assert not MadeDocument.objects.exists()


def test_documents_and_their_files_go_after_a_day(large: Version) -> None:
    desk = factories.signed_in(Role.COORDINATOR)
    with clock.at(clock.now() - timedelta(hours=25)):
        _asked(desk, large, "docx")
    old = MadeDocument.objects.get()
    make_document(old.pk)
    old.refresh_from_db()
    _asked(desk, large, "docx")
    assert forget_documents() == 1
    assert not default_storage.exists(old.stored_as)
    assert MadeDocument.objects.count() == 1


def test_a_small_programme_is_written_at_once() -> None:
    factories.make_instance()
    version = making.make_version()
    making.make_measure(version)
    assert (
        factories.signed_in(Role.COORDINATOR).get(f"/en/exports/programmes/{version.pk}.pdf").content[:5]
        == b"%PDF-"
    )


def test_a_pdf_that_takes_more_memory_than_one_may_is_refused_and_the_worker_lives(
    large: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "LIMITS", Limits(memory=96 * MIB))
    desk = factories.signed_in(Role.COORDINATOR)
    _asked(desk, large, "pdf")
    document = MadeDocument.objects.get()
    make_document(document.pk)  # no error: whoever asked is told, and it is not tried again
    document.refresh_from_db()
    assert (document.step, document.failed) == ("failed", "too_large")
    page = desk.get(f"/en/exports/programmes/{large.pk}/documents/").content.decode()
    assert "It took too long, or too much memory" in page
    small = making.make_measure(making.make_version("Small"))
    answer = desk.get(f"/en/exports/measures/{small.pk}.pdf", follow=True)
    assert "The PDF could not be made" in answer.content.decode()
    monkeypatch.undo()
    assert desk.get(f"/en/exports/measures/{small.pk}.pdf").content.startswith(b"%PDF")
