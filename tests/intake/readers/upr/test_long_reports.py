"""Long reports in three languages: as Word with typed and automatic numbers, and as PDF."""

import pytest

from tawsiya.intake.readers import detect
from tests.intake.readers.upr import long, typeset, word

FORMS = {
    "word-typed": lambda blocks, language: word.typed(blocks, dash=language == "ar"),
    "word-automatic": lambda blocks, language: word.automatic(blocks),
    "pdf": typeset.report,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_recommendation(language, form):
    blocks, wanted = long.report(language)
    result = detect.read(FORMS[form](blocks, language))
    found = {r.paragraph: r for r in result.records if r.kind == "recommendation"}
    assert list(found) == list(wanted)
    for number, want in wanted.items():
        record = found[number]
        assert (number, record.text) == (number, want.text)
        assert (number, record.recommending_states) == (number, want.states)
        assert (number, record.position) == (number, want.position)
    others = [int(r.paragraph) for r in result.records if r.kind == "other"]
    assert others == list(range(1, len(others) + 1))
    assert result.warnings == ()
    assert result.document.review.state == "MAR"
