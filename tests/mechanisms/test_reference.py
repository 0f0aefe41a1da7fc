"""Reference data: counts and spot checks written by hand from the sources."""

import csv
import gzip
import json
import re
from importlib import resources
from pathlib import Path

import pytest

from tawsiya.mechanisms import states, symbols
from tawsiya.mechanisms.reference import loaders, profile

SHARED = Path(__file__).parents[3] / "shared" / "data"
LANGUAGES = {"ar", "en", "fr"}
RATIFICATION = "ratification-of-and-accession-to-international-instruments"


def data_files() -> list[str]:
    root = resources.files("tawsiya.mechanisms.reference")
    here = [e.name for e in root.iterdir() if e.name.endswith(".json")]
    return sorted([*here, *(f"profiles/{code}.json" for code in profile.available_profiles())])


@pytest.mark.parametrize("name", data_files())
def test_files_are_tidy_utf8(name: str) -> None:
    path = resources.files("tawsiya.mechanisms.reference").joinpath(name)
    text = path.read_text(encoding="utf-8")
    tidy = json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True)
    assert text == f"{tidy}\n"
    assert "\u0640" not in text, "stretched Arabic"


def test_mechanisms_are_the_upr_ten_bodies_and_45_mandates() -> None:
    kinds = [m.kind for m in loaders.mechanisms()]
    assert kinds.count("upr") == 1
    assert kinds.count("treaty_body") == 10
    assert kinds.count("special_procedure") == 45
    bodies = [m for m in loaders.mechanisms() if m.kind != "special_procedure"]
    assert all(set(m.names) == LANGUAGES for m in bodies)
    assert all("en" in m.names for m in loaders.mechanisms())
    codes = [m.code for m in loaders.mechanisms()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("- CRC", "CRC"),
        ("- UPR", "UPR"),
        ("CRC-OP-SC", "CRC"),
        ("Human Rights Committee", "CCPR"),
        ("Comité des droits de l’homme", "CCPR"),
        ("لجنة مناهضة التعذيب", "CAT"),
        ("- SR Torture", "SR-TORTURE"),
        ("IE  Albinism", "IE-ALBINISM"),
        ("Special Rapporteur on the right to food", "SR-FOOD"),
    ],
)
def test_mechanisms_by_label(label: str, code: str) -> None:
    found = loaders.recognise_mechanism(label)
    assert found is not None
    assert found.code == code


def test_unknown_mechanism_is_not_guessed() -> None:
    assert loaders.recognise_mechanism("Committee") is None


def test_the_eighteen_instruments() -> None:
    treaties = {t.code: t for t in loaders.treaties()}
    assert len(treaties) == 18
    assert treaties["ICERD"].adopted == "1965-12-21"
    assert treaties["OPCAT"].body == "SPT"
    assert treaties["OP-CRC-IC"].parent == "CRC"
    assert sum(t.parent is None for t in treaties.values()) == 9
    assert all(set(t.names) == LANGUAGES for t in treaties.values())
    assert all(t.adopted < t.in_force for t in treaties.values())
    monitored = {c for m in loaders.mechanisms() for c in m.treaties}
    assert monitored == set(treaties)
    for mechanism in loaders.mechanisms():
        assert all(treaties[code].body == mechanism.code for code in mechanism.treaties)


def test_ratifications_of_193_members() -> None:
    assert loaders.ratifications_as_of() == "2022-08"
    members = [s.iso3 for s in states.all_states() if s.status == "member"]
    codes = {t.code for t in loaders.treaties()}
    for iso3 in members:
        status = loaders.ratifications(iso3)
        assert status is not None, iso3
        assert set(status.years) | set(status.signed) | set(status.unknown) <= codes
        assert all(year is None or 1966 <= year <= 2022 for year in status.years.values())
    assert loaders.ratifications("PSE") is None
    assert loaders.ratifications("XTM") is None


def test_moroccos_ratifications() -> None:
    status = loaders.ratifications("MAR")
    assert status is not None
    assert status.years == {
        "ICERD": 1970,
        "ICCPR": 1979,
        "ICESCR": 1979,
        "CAT": 1993,
        "CEDAW": 1993,
        "CRC": 1993,
        "ICMW": 1993,
        "OP-CRC-SC": 2001,
        "OP-CRC-AC": 2002,
        "CRPD": 2009,
        "OP-CRPD": 2009,
        "CPED": 2013,
        "OPCAT": 2014,
        "ICCPR-OP1": 2022,
        "OP-CEDAW": 2022,
    }
    assert status.signed == ("OP-CRC-IC",)


def test_sdg_goals_and_targets() -> None:
    assert [g.code for g in loaders.goals()] == [str(n) for n in range(1, 18)]
    assert all(set(g.names) == LANGUAGES for g in loaders.goals())
    targets = [t.code for t in loaders.targets()]
    assert len(targets) == 169
    assert targets[:8] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.a", "1.b", "2.1"]
    assert targets.index("16.2") < targets.index("16.10") < targets.index("16.a")
    assert all(t.code.split(".")[0] == t.goal for t in loaders.targets())


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("16 - PEACE, JUSTICE AND STRONG INSTITUTIONS", "16"),
        ("16.2 - End abuse", "16.2"),
        ("- 4.A - Build", "4.a"),
        ("SDG 5", "5"),
        ("18 - Nothing", None),
        ("16.99", None),
        ("peace", None),
        ("2030 Agenda", None),
    ],
)
def test_sdg_by_label(label: str, code: str | None) -> None:
    assert loaders.recognise_sdg(label) == code


def test_vocabularies_have_three_languages_and_no_label_twice() -> None:
    assert len(loaders.themes()) == 104
    assert len(loaders.affected_persons()) == 31
    for terms in (loaders.themes(), loaders.affected_persons()):
        assert all(set(t.names) == LANGUAGES for t in terms)
        for language in LANGUAGES:
            labels = [t.names[language] for t in terms]
            assert len(labels) == len(set(labels))
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", t.slug) for t in terms)
        spellings = [s.casefold() for t in terms for s in (t.names["en"], *t.aliases)]
        assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("- Right to health ", "right-to-health"),
        ("A12 Acceptance of international norms", RATIFICATION),
        ("2.1. Acceptance of international norms", RATIFICATION),
        ("12.4. Death penalty", "death-penalty"),
        (
            "D51 Administration of justice & fair trial",
            "administration-of-justice-and-fair-trial",
        ),
        ("الحق في التعليم", "right-to-education"),
        (
            "39. Voluntary pledges & commitments",
            "2030-agenda-and-other-voluntary-commitments",
        ),
        ("A42 Institutions & policies - General", None),
        ("Something else", None),
    ],
)
def test_themes_by_label_of_any_generation(label: str, slug: str | None) -> None:
    found = loaders.recognise_theme(label)
    assert (found.slug if found else None) == slug


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Women & girls", "women-and-girls"),
        ("girls", "women-and-girls"),
        ("H1 Human rights defenders", "human-rights-defenders"),
        ("general", None),
        ("judiciary", None),
    ],
)
def test_affected_persons_by_label(label: str, slug: str | None) -> None:
    found = loaders.recognise_affected_persons(label)
    assert (found.slug if found else None) == slug


def test_follow_up_rules_say_what_is_not_confirmed() -> None:
    rules = {r.id: r for r in loaders.follow_up_rules()}
    assert [rules[f"ccpr-{n}"].deadline_months for n in (1, 2, 3)] == [
        (12,),
        (24,),
        (36,),
    ]
    assert [r.id for r in rules.values() if r.body == "CCPR" and r.current] == ["ccpr-3"]
    assert [g.code for g in rules["ccpr-3"].grades] == ["A", "B", "C", "D", "E"]
    assert rules["cedaw-1"].deadline_months == (12, 24)
    assert not any(rules[i].confirmed for i in ("cat-1", "cerd-1", "cedaw-1", "ced-1", "cescr-1"))
    assert rules["cat-1"].implementation_plan
    bodies = {m.code for m in loaders.mechanisms() if m.kind == "treaty_body"}
    assert {r.body for r in rules.values()} <= bodies


def test_report_limits() -> None:
    limits = {r.id: (r.word_limit, r.confirmed) for r in loaders.report_rules()}
    assert limits == {
        "upr-national-report": (10700, True),
        "upr-mid-term-report": (None, True),
        "treaty-common-core": (42400, False),
        "treaty-initial-report": (31800, False),
        "treaty-periodic-report": (21200, False),
    }
    assert {c.body: c.interval_months for c in loaders.cycle_rules()} == {
        "CCPR": 96,
        "UPR": 54,
    }
    assert loaders.report_steps()[0] == "contributions"
    assert loaders.report_steps()[-1] == "submission"


def test_moroccos_profile() -> None:
    morocco = profile.load_profile("MAR")
    assert morocco.complete
    assert [(x.code, x.status) for x in morocco.languages] == [
        ("ar", "official"),
        ("zgh", "official"),
        ("fr", "working"),
        ("en", "exchange"),
    ]
    assert morocco.languages[0].locale == "ar_MA"
    status = loaders.ratifications("MAR")
    assert status is not None
    assert {t.code: t.year for t in morocco.treaties} == status.years
    assert [(r.cycle, r.session, r.date) for r in morocco.reviews] == [
        (1, 1, "2008-04-08"),
        (2, 13, "2012-05-22"),
        (3, 27, "2017-05-02"),
        (4, 41, "2022-11"),
    ]
    third, fourth = morocco.reviews[2].outcome, morocco.reviews[3].outcome
    assert third is not None and fourth is not None
    assert (third.received, third.accepted, third.noted, third.outside_mandate) == (
        244,
        191,
        44,
        9,
    )
    assert (fourth.received, fourth.accepted, fourth.noted) == (306, 232, None)
    assert len(morocco.institutions) == 52
    assert len(morocco.axes) == 9
    assert sum(len(axis.sub_axes) for axis in morocco.axes) == 36
    assert len(morocco.visits) == 12
    assert all(v.date is None and v.symbol is None for v in morocco.visits)
    assert [len(axis.sub_axes) for axis in morocco.programmes[0].axes] == [7, 7, 6, 6]


def test_moroccos_institutions_keep_their_nature() -> None:
    kinds = {i.code: i.kind for i in profile.load_profile("MAR").institutions}
    assert kinds["cndh"] == "nhri"
    assert profile.load_profile("MAR").nhri == "cndh"
    assert kinds["justice"] == "government"
    assert kinds["presidence-du-ministere-public"] == "judiciary"
    assert kinds["parlement"] == "parliament"
    assert kinds["partis-politiques"] is None


def test_every_symbol_of_a_profile_is_valid_and_of_its_state() -> None:
    for code in profile.available_profiles():
        known = profile.load_profile(code)
        for review in known.reviews:
            assert symbols.upr_cycle_of_wg_session(review.session) == review.cycle
            for document in review.documents:
                symbol = symbols.parse(document.symbol)
                assert symbol.valid
                assert symbol.state in (code, None)
        for observations in known.concluding_observations:
            if observations.symbol:
                symbol = symbols.parse(observations.symbol)
                assert (symbol.state, symbol.body) == (code, observations.body)
                assert symbol.kind is symbols.Kind.CONCLUDING_OBSERVATIONS
        mandates = {m.code for m in loaders.mechanisms()}
        assert {v.mechanism for v in known.visits} <= mandates


def test_any_other_state_gets_a_minimal_profile() -> None:
    tunisia = profile.load_profile("TUN")
    assert not tunisia.complete
    assert tunisia.names["ar"] == "تونس"
    assert ("CAT", 1988) in [(t.code, t.year) for t in tunisia.treaties]
    assert tunisia.institutions == ()
    palestine = profile.load_profile("PSE")
    assert (palestine.treaties, palestine.treaties_known) == ((), False)
    for state in states.all_states(include_fictional=True):
        assert profile.load_profile(state.iso3).state == state.iso3
    with pytest.raises(KeyError):
        profile.load_profile("ZZZ")


MATRICES = sorted((SHARED / "ohchr_matrices").glob("*.csv.gz"))


@pytest.mark.skipif(not MATRICES, reason="the thematic matrices are not present")
def test_labels_of_the_matrices_are_recognised_or_listed_as_unmapped() -> None:
    skipped = {*loaders.read("themes.json")["unmapped"]}
    skipped_persons = {*loaders.read("affected_persons.json")["unmapped"]}
    missing = set()
    for path in MATRICES:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                for label in filter(None, map(str.strip, re.split(r"[|\n]", row["themes"]))):
                    found = loaders.recognise_theme(label) or (loaders.recognise_affected_persons(label))
                    if found is None and label not in skipped:
                        missing.add(label)
                for label in filter(None, map(str.strip, re.split(r"[|\n]", row["affected_persons"]))):
                    if not loaders.recognise_affected_persons(label) and label not in skipped_persons:
                        missing.add(label)
    assert missing == set()


@pytest.mark.parametrize("name", data_files())
def test_french_names_have_typographic_apostrophes(name: str) -> None:
    def french(value: object) -> list[str]:
        if isinstance(value, list):
            return [text for one in value for text in french(one)]
        if not isinstance(value, dict):
            return []
        named = value.get("fr")
        return [*([named] if isinstance(named, str) else []), *french(list(value.values()))]

    path = resources.files("tawsiya.mechanisms.reference").joinpath(name)
    assert [text for text in french(json.loads(path.read_text(encoding="utf-8"))) if "'" in text] == []


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_either_apostrophe_is_recognised(apostrophe: str) -> None:
    committee = f"Comité pour l{apostrophe}élimination de la discrimination raciale"
    assert getattr(loaders.recognise_mechanism(committee), "code", None) == "CERD"
    assert (
        getattr(loaders.recognise_theme(f"Droit à l{apostrophe}éducation"), "slug", "")
        == "right-to-education"
    )
    assert states.recognise(f"Côte d{apostrophe}Ivoire") == "CIV"
    assert states.name("CIV", "fr") == "Côte d’Ivoire"


def test_every_mandate_has_its_name_in_three_languages() -> None:
    assert [m.code for m in loaders.mechanisms() if set(m.names) != LANGUAGES] == []
