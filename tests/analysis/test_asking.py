"""What people type is understood: words, phrases, exclusions, symbols, paragraphs."""

import pytest

from tawsiya.analysis.search.asking import Asked, understand

DOCUMENTS = ["CERD/C/MAR/CO/19-21", "A/HRC/36/6", "A/HRC/36/6/Add.1", "E/C.12/MAR/CO/4"]


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("A/HRC/36/6", Asked(symbol="A/HRC/36/6")),
        ("a hrc 36 6", Asked(symbol="A/HRC/36/6")),
        ("a hrc 36 6 add 1", Asked(symbol="A/HRC/36/6/Add.1")),
        ("cerd c mar co 19-21", Asked(symbol="CERD/C/MAR/CO/19-21")),
        ("cerd mar co 19-21", Asked(symbol="CERD/C/MAR/CO/19-21")),
        ("cerdcmarco19-21", Asked(symbol="CERD/C/MAR/CO/19-21")),
        ("CERD/c/mar/CO/19\u201121", Asked(symbol="CERD/C/MAR/CO/19-21")),
        ("e c.12 mar co 4", Asked(symbol="E/C.12/MAR/CO/4")),
        ("A/HRC/36/6 § 144.5", Asked(symbol="A/HRC/36/6", paragraph="144.5", only_paragraph=True)),
        (
            "cerd c mar co 19-21 12 (b)",
            Asked(symbol="CERD/C/MAR/CO/19-21", paragraph="12", path="b", only_paragraph=True),
        ),
        ("A/HRC/36/6 torture", Asked(symbol="A/HRC/36/6", words="torture")),
        ("torture a/hrc/36/6", Asked(symbol="A/HRC/36/6", words="torture")),
        ("31 (b) (ii)", Asked(paragraph="31", path="b.ii", only_paragraph=True)),
        ("31b", Asked(paragraph="31", path="b", only_paragraph=True)),
        ("§ 12 (b)", Asked(paragraph="12", path="b", only_paragraph=True)),
        ("§12(b)", Asked(paragraph="12", path="b", only_paragraph=True)),
        ("para. 31", Asked(paragraph="31", only_paragraph=True)),
        ("الفقرة ٣١", Asked(paragraph="31", only_paragraph=True)),
        ("prison § 31", Asked(paragraph="31", only_paragraph=True, words="prison")),
        ("140.7", Asked(paragraph="140.7", words="140.7")),
        ("2030 agenda", Asked(words="2030 agenda")),
        ("Éducation des filles", Asked(words="Éducation des filles")),
        ('"sign language" deaf', Asked(words="deaf", phrases=("sign language",))),
        ("«langue des signes»", Asked(phrases=("langue des signes",))),
        # The closing mark is not typed yet.
        ('deaf "sign lang', Asked(words="deaf", phrases=("sign lang",))),
        ("torture -prison", Asked(words="torture", excluded=("prison",))),
        ('-"death penalty" torture', Asked(words="torture", excluded=('"death penalty"',))),
        ("non-discrimination", Asked(words="non-discrimination")),
        ("torture - prison", Asked(words="torture prison")),
        # A symbol of no document that there is: words.
        ("CAT/C/MAR/CO/4", Asked(words="CAT/C/MAR/CO/4")),
        ("", Asked()),
        ("-", Asked()),
        ('""', Asked()),
        ("\0", Asked()),
    ],
)
def test_a_query_is_understood(query: str, asked: Asked) -> None:
    assert understand(query, DOCUMENTS) == asked
