"""Numbers of paragraphs on pictures of Arabic pages: figure by figure, then by their order."""

import io
from contextlib import closing
from itertools import count

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from tawsiya.intake.readers import ocr_figures
from tawsiya.intake.readers.folding import western_digits
from tawsiya.intake.readers.ocr_numbers import Label, in_letters, in_sequence
from tawsiya.intake.readers.pdf import engine
from tests.intake.readers.matrixpeer import shared_data
from tests.intake.readers.upr.typeset import FONTS

SCALE = 300 / 72


def seen(*figures: str) -> list[Label]:
    """Labels whose figures look like these; of "1|2" the first is likest, the second nearly so."""
    return [
        Label(line, 450.0, tuple(_likes(figure) for figure in written.split()))
        for line, written in enumerate(figures)
    ]


def _likes(figure: str) -> tuple[float, ...]:
    first, _, second = figure.partition("|")
    return tuple(0.9 if str(n) == first else 0.85 if str(n) == second else 0.5 for n in range(10))


def test_a_figure_taken_for_another_is_set_right_by_its_neighbours():
    assert in_sequence(seen("1", "1|2", "3", "1|4", "5")) == [1, 2, 3, 4, 5]


def test_a_number_that_was_not_seen_leaves_its_place_open():
    assert in_sequence(seen("1", "2", "4", "5", "6")) == [1, 2, 4, 5, 6]


def test_what_is_no_number_gets_none():
    assert in_sequence(seen("1", "2", "8", "3", "4")) == [1, 2, None, 3, 4]


def test_two_figures_are_one_number():
    nine_and_on = seen("8", "9", "1 0", "1 1", "1 1|2", "1 3")
    assert in_sequence([*seen("1", "2", "3", "4", "5", "6", "7"), *nine_and_on]) == list(range(1, 14))


def test_shapes_that_are_no_figures_are_not_numbered():
    assert in_sequence(seen("7", "3", "9", "2", "8")) == [None] * 5


def test_two_labels_prove_nothing():
    assert in_sequence(seen("1", "2")) == [None, None]
    assert in_sequence([]) == []


def test_letters_that_were_not_read_are_told_by_those_around_them():
    assert in_letters([None, 1, 2]) == [0, 1, 2]
    assert in_letters([0, None, None, 3, None]) == [0, 1, 2, 3, 4]


def test_a_letter_is_not_told_where_another_may_have_been_missed():
    assert in_letters([None, 2, 3]) == [None, 2, 3]
    assert in_letters([0, None, 3]) == [0, None, 3]


def page(numbers: list[str], *, turned: float = 0.0) -> tuple[bytes, list[tuple[float, float, float, float]]]:
    """A page with these labels at the right edge, each before two lines of text; as PNG, with its lines."""
    font = ImageFont.truetype(FONTS / "NotoSansArabic-Regular.ttf", 42)
    drawn = Image.new("L", (round(595 * SCALE), round(842 * SCALE)), 250)
    pen = ImageDraw.Draw(drawn)
    places = []
    tops = count(100, 20)
    for number in numbers:
        for text in (f"{number} -", ""):
            top = next(tops)
            right = 477 * SCALE
            if text:
                pen.text((right, top * SCALE), number, font=font, fill=20, anchor="ra")
                width = pen.textlength(number, font=font)
                pen.line(
                    (right - width - 40, (top + 8) * SCALE, right - width - 18, (top + 8) * SCALE), 20, 5
                )
                pen.rectangle((120 * SCALE, (top + 5) * SCALE, 430 * SCALE, (top + 11) * SCALE), fill=20)
            else:
                pen.rectangle((120 * SCALE, (top + 5) * SCALE, right, (top + 11) * SCALE), fill=20)
            places.append((120.0, top + 1.0, 477.0, top + 15.0))
    stream = io.BytesIO()
    drawn.rotate(turned, fillcolor=250, resample=Image.Resampling.BICUBIC).save(stream, "PNG")
    return stream.getvalue(), places


@pytest.mark.parametrize("turned", [0.0, 0.3])
def test_labels_are_found_before_the_blank_at_the_edge(turned):
    picture, places = page(["٤", "٥", "٦", "١٧", "٢٣", "٨٩", "٣٠"], turned=turned)
    found = ocr_figures.labels(picture, 842.0, places)
    assert [label.line for label in found] == [0, 2, 4, 6, 8, 10, 12]
    likest = ["".join(str(max(range(10), key=f.__getitem__)) for f in label.figures) for label in found]
    assert likest == ["4", "5", "6", "17", "23", "89", "30"]
    assert all(430 < label.edge < 477 for label in found)


def test_a_page_without_lines_has_no_labels():
    assert ocr_figures.labels(page([])[0], 842.0, []) == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "paragraphs"), [("CRPD_C_SEN_CO_1.ar", 64), ("CRPD_C_ALB_CO_1.ar", 59)])
def test_numbers_on_real_pages_are_those_of_the_text_layer(name, paragraphs):
    """The words of the layer are damaged, its numbers are not; some of its lines have no right place."""
    folder = shared_data()
    if folder is None:
        pytest.skip("the real documents are not here")
    data = (folder / "concluding_observations" / f"{name}.pdf").read_bytes()
    labels, printed = [], []
    with closing(pypdfium2.PdfDocument(data)) as document:
        for index, read in enumerate(engine.pages(data)):
            stream = io.BytesIO()
            document[index].render(scale=SCALE, grayscale=True).to_pil().save(stream, "PNG")
            places = [(line.x0, line.top, line.x1, line.bottom) for line in read.lines]
            found = ocr_figures.labels(stream.getvalue(), read.height, places)
            labels += found
            printed += [western_digits(read.lines[label.line].text).partition("-")[0] for label in found]
    numbers = in_sequence(labels)
    told = [(str(number), known) for number, known in zip(numbers, printed, strict=True) if number]
    assert [number for number, _ in told] == [known for _, known in told]
    assert len(told) >= paragraphs - 5
