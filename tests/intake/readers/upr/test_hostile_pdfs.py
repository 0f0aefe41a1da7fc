"""PDF files made to harm, or broken: each ends in one clear refusal or in a result, in bounded time."""

import time
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawsiya.intake.readers import detect, sandbox
from tawsiya.intake.readers.records import ReadResult, UnreadableFile
from tests.intake.readers.upr import pdf
from tests.intake.readers.upr.texts import ENGLISH

GOOD = pdf.report(ENGLISH)
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"


def one_page(content, page=PAGE):
    return pdf.assembled([CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, FONT])


def stream(content, extra=b""):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (extra, len(content), content)


def loop_of_pages():
    return pdf.assembled([CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 1000000>>"])


def loop_of_forms():
    form = stream(
        b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>"
    return one_page(form, page)


def loop_of_lengths():
    return one_page(b"<</Length 4 0 R>>stream\nBT ET\nendstream")


def stream_bomb():
    packed = zlib.compress(b" " * 400_000_000, 9)
    return one_page(stream(packed, b"/Filter/FlateDecode"))


def too_full():
    lines = (b"BT /F1 1 Tf 9 %d Td (%s) Tj ET\n" % (8 * n, b"word " * 200) for n in range(100))
    return one_page(stream(b"".join(lines)))


def too_many_pages():
    kids = b"3 0 R " * 1500
    objects = [CATALOGUE, b"<</Type/Pages/Kids[%s]/Count 1500>>" % kids, PAGE, stream(b"BT ET"), FONT]
    return pdf.assembled(objects)


def scan():
    return one_page(stream(b"0 0 595 842 re f"))


HOSTILE = {
    "cut": (lambda: GOOD[: len(GOOD) // 3], ("pdf_broken", "pdf_without_text")),
    "header-only": (lambda: b"%PDF-1.7\n", ("pdf_broken",)),
    "no-pages": (lambda: pdf.assembled([b"<</Type/Catalog>>"]), ("pdf_broken",)),
    "pages-loop": (loop_of_pages, ("pdf_broken", "pdf_too_many_pages", "pdf_without_text")),
    "forms-loop": (loop_of_forms, ("pdf_without_text", "reader_crashed", "out_of_memory")),
    "lengths-loop": (loop_of_lengths, ("pdf_without_text",)),
    "stream-bomb": (stream_bomb, ("pdf_without_text", "out_of_memory", "reader_crashed")),
    "too-full": (too_full, ("pdf_page_too_full",)),
    "too-many-pages": (too_many_pages, ("pdf_too_many_pages",)),
    "scan": (scan, ("pdf_without_text",)),
}


@pytest.mark.parametrize(("make", "codes"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_file(make, codes):
    data = make()
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as refusal:
        sandbox.read(data)
    assert refusal.value.code in codes
    assert "\n" not in refusal.value.message
    assert time.monotonic() - started < 20


def test_rubbish_before_the_header_and_after_the_end():
    assert len(detect.read(b"\n\n" + GOOD + b"\0" * 100).records) == 17


def test_a_locked_file_is_named_so():
    locked = GOOD.replace(
        b"trailer<<", b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(x)/P -4>>/ID[(a)(a)]"
    )
    with pytest.raises(UnreadableFile) as refusal:
        detect.read(locked)
    assert refusal.value.code in ("encrypted", "pdf_broken")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=30))
def test_mutated_files_are_read_or_refused(place, junk):
    mutated = GOOD[:place] + junk + GOOD[place + len(junk) :]
    try:
        result = detect.read(mutated)
    except UnreadableFile as refusal:
        result = None
        sentence = refusal.message
    assert isinstance(result, ReadResult) or sentence
