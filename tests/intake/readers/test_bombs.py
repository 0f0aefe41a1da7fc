"""Bombs through the sandbox and the command line: each is named for what it is, or does no harm.

The whole folder with its figures is `bench/bombs.py`; here every bomb that is made and read in
a second, and in the slow tests the rest.
"""

import pytest

from tawsiya.cli import main
from tawsiya.intake.readers import sandbox
from tawsiya.intake.readers.records import UnreadableFile
from tests.intake.readers.bombs import BOMBS, READ

SLOW = {
    "bomb.gz", "bomb.bz2", "many-attributes.docx", "many-namespaces.docx", "many-rows.docx", "filters.pdf",
    "filters-nested.pdf", "states-saved.pdf", "curves.pdf", "objects-without-end.pdf", "picture-of-gigabytes.pdf",
    "huge-cell.docx", "tables-in-a-circle.pdf", "endless-array.pdf",
}  # fmt: skip
OTHERS_TEST = tuple(
    name
    for name in BOMBS
    if name.startswith(("word-", "pdf-")) and name not in ("pdf-and-zip.pdf", "pdf-in-name-only.pdf")
)
NAMES = [
    pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name
    for name in BOMBS
    if name not in OTHERS_TEST
]


def said_of(action):
    """The refusal; None where the bomb did no harm."""
    try:
        action()
    except UnreadableFile as refusal:
        return refusal
    return None


@pytest.mark.parametrize("name", NAMES)
def test_a_bomb_is_named_for_what_it_is(name):
    bomb = BOMBS[name]
    refusal = said_of(lambda: sandbox.read(bomb.make(), filename=name))
    assert (refusal.code if refusal else READ) in bomb.codes
    assert refusal is None or len(refusal.message.splitlines()) == 1


@pytest.mark.parametrize("name", ["pattern-fills-itself.pdf", "picture-jbig2.pdf", "page-of-miles.pdf"])
@pytest.mark.slow
def test_drawing_a_bomb_ends(name):
    refusal = said_of(lambda: sandbox.pictures(BOMBS[name].make(), [1], dpi=100))
    assert refusal is None or refusal.code in ("timed_out", "out_of_memory")


def test_formulas_are_words():
    (record,) = sandbox.read(BOMBS["formulas.docx"].make()).records
    assert record.text == '=HYPERLINK("http://example.org")'
    assert record.recommending_states == ("CHL",)


@pytest.mark.parametrize(
    "name",
    [
        "zip-in-zip.zip",
        "overlapping.docx",
        "blowup.docx",
        "endless-object.pdf",
        "formulas.docx",
        "nothing.docx",
    ],
)
def test_the_command_says_one_sentence(name, tmp_path, capsys):
    path = tmp_path / name
    path.write_bytes(BOMBS[name].make())
    status = main(["extract", str(path)])
    said = capsys.readouterr()
    if READ in BOMBS[name].codes:
        assert status == 0
        assert said.out
    else:
        assert (status, said.out) == (2, "")
        assert said.err.startswith("tawsiya: ")
        assert len(said.err.splitlines()) == 1
