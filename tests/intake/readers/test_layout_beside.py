"""Where records stand: rectangles on turned and unturned pages, passages of Word files, pictures."""

import io

import pytest
from PIL import Image

from tawsiya.intake.readers import detect, layout, sandbox
from tawsiya.intake.readers.layout import Layout, Mark, Sheet
from tawsiya.intake.readers.pdf import picture
from tawsiya.intake.readers.records import UnreadableFile
from tests.intake.readers.matrixbuilder import matrix_2013
from tests.intake.readers.upr import pdf, word
from tests.intake.readers.upr.texts import ENGLISH

REPORT = pdf.report(ENGLISH)


def turned(turns):
    return REPORT.replace(b"/MediaBox", b"/Rotate %d/MediaBox" % (90 * turns))


def dark_part(drawn, box):
    """Whether there is ink inside a rectangle, in shares of the picture's sides."""
    image = Image.open(io.BytesIO(drawn)).convert("L")
    x0, y0, x1, y1 = box
    part = image.crop(
        (int(x0 * image.width), int(y0 * image.height), int(x1 * image.width), int(y1 * image.height))
    )
    return part.getextrema()[0] < 100


def test_pages_and_sizes():
    found = detect.layout_of(REPORT)
    assert found.kind == layout.PAGES
    assert found.sheets[0] == Sheet(1, 595, 842)
    assert [sheet.number for sheet in found.sheets] == list(range(1, len(found.sheets) + 1))
    assert Layout.from_json(found.as_json()) == found


def test_the_child_says_the_same():
    assert sandbox.layout(REPORT) == detect.layout_of(REPORT)
    drawn = sandbox.pictures(REPORT, [2, 99, 1], dpi=72)
    assert [(sheet.number, Image.open(io.BytesIO(data)).size) for sheet, data in drawn] == [
        (2, (595, 842)),
        (1, (595, 842)),
    ]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_rectangle_lies_on_its_words_however_the_page_is_turned(turns):
    """The words of a record are dark, the margin beside them is not, in the picture as it is seen."""
    data = turned(turns)
    ((sheet, drawn),) = picture.pictures(data, [2], 72)
    record = next(r for r in detect.read(REPORT).records if r.paragraph == "4.1")
    (mark,) = [m for m in layout.marks([record.as_json()])[2] if m.part == 1]
    assert sheet.turns == turns
    assert bool(sheet.transform) == bool(turns)

    def seen(x, y):
        """A place on the page as SVG's matrix moves it."""
        if not sheet.transform:
            return x, y
        a, b, c, d, e, f = map(float, sheet.transform.removeprefix("matrix(").rstrip(")").split())
        return a * x + c * y + e, b * x + d * y + f

    def shares(x0, y0, x1, y1):
        (xa, ya), (xb, yb) = seen(x0, y0), seen(x1, y1)
        wide, high = sheet.seen_width, sheet.seen_height
        return min(xa, xb) / wide, min(ya, yb) / high, max(xa, xb) / wide, max(ya, yb) / high

    assert dark_part(drawn, shares(mark.x, mark.y, mark.x + mark.width, mark.y + mark.height))
    assert not dark_part(drawn, shares(5, mark.y, 50, mark.y + mark.height))


def test_rectangles_are_a_little_wider_than_the_letters():
    records = [{"boxes": [[3, 100.0, 200.0, 150.0, 212.0], [4, 90.0, 60.0, 150.0, 72.0]]}, {"boxes": []}, {}]
    assert layout.marks(records) == {
        3: [Mark(0, 1, 3, 97.0, 197.0, 56.0, 18.0)],
        4: [Mark(0, 2, 4, 87.0, 57.0, 66.0, 18.0)],
    }


def test_a_poster_is_drawn_small():
    poster = REPORT.replace(b"[0 0 595 842]", b"[0 0 9000 400]")
    ((_sheet, drawn),) = picture.pictures(poster, [1], 200)
    assert Image.open(io.BytesIO(drawn)).size == (2200, 98)


def test_word_files_give_their_passages():
    found = detect.layout_of(word.automatic(ENGLISH))
    assert found.kind == layout.PASSAGES
    assert any(passage.startswith("4.1 Build schools") for passage in found.passages)


def test_other_files_give_none_and_damaged_ones_are_refused():
    assert detect.layout_of(b'[{"Text": "x"}]').kind == layout.NONE
    with pytest.raises(UnreadableFile):
        detect.layout_of(b"%PDF-1.7 nothing")
    with pytest.raises(UnreadableFile):
        sandbox.layout(matrix_2013()[:500])


def test_records_are_found_in_order_and_by_their_number():
    passages = ["Title", "1.1 Ratify the treaty", "1.2 Ratify the treaty", "Ratify the treaty", "else"]
    records = [
        {"paragraph": "1.2", "text": "Ratify the treaty"},
        {"paragraph": "1.1", "text": "Ratify the treaty"},
        {"paragraph": None, "text": "ratify  the TREATY"},
        {"paragraph": "9", "text": "nowhere"},
        {"paragraph": "9", "text": ""},
    ]
    assert layout.places(records, passages) == {0: 2, 1: 1, 2: 2}
