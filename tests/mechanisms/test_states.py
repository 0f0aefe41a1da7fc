"""States: every spelling below was written by hand from how UN documents name States."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawsiya.mechanisms import states

RECOGNISED = [
    ("Morocco", "MAR"),
    ("le Maroc", "MAR"),
    ("Royaume du Maroc", "MAR"),
    ("the Kingdom of Morocco", "MAR"),
    ("المغرب", "MAR"),
    ("المملكة المغربية", "MAR"),
    ("MOROCCO;", "MAR"),
    ("Türkiye", "TUR"),
    ("Turkey", "TUR"),
    ("Turquie", "TUR"),
    ("تركيا", "TUR"),
    ("Republic of Korea", "KOR"),
    ("Democratic People’s Republic of Korea", "PRK"),
    ("Democratic People's Republic of Korea (the)", "PRK"),
    ("DPRK", "PRK"),
    ("جمهورية كوريا الشعبية الديمقراطية", "PRK"),
    ("State of Palestine", "PSE"),
    ("l’État de Palestine", "PSE"),
    ("فلسطين", "PSE"),
    ("Holy See", "VAT"),
    ("le Saint-Siège", "VAT"),
    ("Viet\u00a0Nam", "VNM"),
    ("Vietnam", "VNM"),
    ("Lao PDR", "LAO"),
    ("Lao People`s Democratic Republic", "LAO"),
    ("Iran (Islamic Republic of)", "IRN"),
    ("Islamic Republic of Iran", "IRN"),
    ("Iran (République islamique d’)", "IRN"),
    ("إيران (جمهورية - الإسلامية)", "IRN"),
    ("Bolivia (Plurinational State of)", "BOL"),
    ("Bolivia (Plurinational S tate of)", "BOL"),
    ("Bolivarian Republic of Venezuela", "VEN"),
    ("Venezuela (Bolivarian Republic of)", "VEN"),
    ("Côte d’Ivoire", "CIV"),
    ("Cote d'Ivoire", "CIV"),
    ("la Côte d'Ivoire", "CIV"),
    ("Czechia", "CZE"),
    ("Czech Republic", "CZE"),
    ("North Macedonia", "MKD"),
    ("the former Yugoslav Republic of Macedonia", "MKD"),
    ("Swaziland", "SWZ"),
    ("Eswatini", "SWZ"),
    ("Cape Verde", "CPV"),
    ("Cabo Verde", "CPV"),
    ("Timor Leste", "TLS"),
    ("UK", "GBR"),
    ("United Kingdom", "GBR"),
    ("United Kingdom of Great Britain and Northern Ireland", "GBR"),
    ("المملكة المتحدة لبريطانيا العظمى وأيرلندا الشمالية", "GBR"),
    ("U.S.A.", "USA"),
    ("les États-Unis d'Amérique", "USA"),
    ("Congo", "COG"),
    ("Republic of the Congo", "COG"),
    ("Democratic Republic of the Congo", "COD"),
    ("Democratic Republic of Congo", "COD"),
    ("Niger", "NER"),
    ("the Niger", "NER"),
    ("Nigeria", "NGA"),
    ("Guinea", "GIN"),
    ("Guinea-Bissau", "GNB"),
    ("Guinea Bissau", "GNB"),
    ("Equatorial Guinea", "GNQ"),
    ("Papua New Guinea", "PNG"),
    ("Dominica", "DMA"),
    ("Dominican Republic", "DOM"),
    ("Republic of Moldova", "MDA"),
    ("Micronesia (Federated States of)", "FSM"),
    ("Russian Federation", "RUS"),
    ("Syrian Arab Republic", "SYR"),
    ("Libyan Arab Jamahiriya", "LBY"),
    ("Serbia and Montenegro", "SRB"),
    ("Montenegro", "MNE"),
    ("Netherlands (Kingdom of the)", "NLD"),
    ("Kingdom of the Netherlands", "NLD"),
    ("Bosnia & Herzegovina", "BIH"),
    ("St. Kitts and Nevis", "KNA"),
    ("Saint Vincent and the Grenadines", "VCT"),
    ("Brunei Darussalam", "BRN"),
    ("United Arab Emirates", "ARE"),
    ("UAE", "ARE"),
    ("عُمان", "OMN"),
    ("Tamourt", "XTM"),
    ("تامورت", "XTM"),
]

NOT_RECOGNISED = [
    "",
    " ",
    "Moroco",
    "Korea",
    "uk",
    "us",
    "MAR",
    "Taiwan",
    "Kosovo",
    "Western Sahara",
    "Hong Kong",
    "European Union",
    "France and Germany",
    "Yugoslavia",
    "the",
]


@pytest.mark.parametrize(("written", "code"), RECOGNISED)
def test_names_as_un_documents_write_them(written: str, code: str) -> None:
    assert states.recognise(written) == code


@pytest.mark.parametrize("written", NOT_RECOGNISED)
def test_what_is_not_certainly_one_state_is_not_recognised(written: str) -> None:
    assert states.recognise(written) is None


@pytest.mark.parametrize(("written", "first"), [("Moroco", "MAR"), ("Germny", "DEU"), ("Tunisa", "TUN")])
def test_a_misspelling_is_only_suggested(written: str, first: str) -> None:
    assert states.suggest(written)[0] == first


def test_members_and_observers_are_195_and_the_fictional_state_is_apart() -> None:
    real = states.all_states()
    assert len(real) == 195
    assert sum(s.status == "member" for s in real) == 193
    assert {s.iso3 for s in real if s.status == "observer"} == {"PSE", "VAT"}
    assert "TWN" not in {s.iso3 for s in real}
    everything = states.all_states(include_fictional=True)
    assert [s.iso3 for s in everything if s.fictional] == [states.FICTIONAL]


def test_every_name_of_every_state_leads_back_to_it() -> None:
    for state in states.all_states(include_fictional=True):
        for spelling in [*state.names.values(), *state.formal_names.values()]:
            assert states.recognise(spelling) == state.iso3, spelling
            assert states.recognise(spelling.upper()) == state.iso3, spelling


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Morocco"), ("fr", "Maroc"), ("ar", "المغرب"), ("zgh", "Morocco")],
)
def test_short_name_by_language(language: str, expected: str) -> None:
    assert states.name("MAR", language) == expected


def test_unknown_codes_raise() -> None:
    with pytest.raises(KeyError):
        states.name("ZZZ")


def test_codes_and_regions() -> None:
    assert states.from_code("ma") == "MAR"
    assert states.from_code("MAR") == "MAR"
    assert states.from_code("EU") is None
    assert states.region("MAR") == "africa"
    assert states.region("XTM") is None
    assert states.regions()["africa"]["fr"] == "Afrique"


@given(st.text(max_size=300))
def test_no_text_makes_recognition_fail(text: str) -> None:
    found = states.recognise(text)
    assert found is None or states.get(found)
    states.suggest(text)
