"""From a sheet to records: header, proposal, mapping, and what each row becomes."""

from datetime import date

import pytest

from tawsiya.intake.readers.records import Record
from tawsiya.intake.readers.sheets import files, mapping
from tawsiya.intake.readers.sheets.layout import field_of_header, find_header, shape_of
from tawsiya.intake.readers.sheets.mapping import Columns
from tests.intake.readers.sheets.samples import ENGLISH, book, text_of

TRACKER = (
    ("N°", "Recommandation", "État", "Ministère chef de file", "Partenaires", "Échéance", "Mesures prises"),
    (
        "132.89",
        "Poursuivre les efforts en faveur de la scolarisation des filles dans les vallées",
        "En cours",
        "Ministère des Écoles",
        "Office des Ports; Ministère inconnu",
        "31/12/2027",
        "Douze écoles ont été ouvertes dans les vallées.",
    ),
)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Document Symbol", "symbol"),
        ("Cote du document", "symbol"),
        ("رمز الوثيقة", "symbol"),
        ("N° de la recommandation", "paragraph"),
        ("رقم التوصية", "paragraph"),
        ("Texte de la recommandation", "text"),
        ("نص التوصية", "text"),
        ("Recommandation (arabe)", "text_ar"),
        ("Texte FR", "text_fr"),
        ("Texte en arabe", "text_ar"),
        ("التوصية بالعربية", "text_ar"),
        ("Recommending State(s)", "states"),
        ("Pays ayant formulé la recommandation", "states"),
        ("الدولة الموصية", "states"),
        ("Position du Royaume", "position"),
        ("Thématiques", "themes"),
        ("الفئات المعنية", "persons"),
        ("ODD", "sdgs"),
        ("Mécanisme", "body"),
        ("هيئة المعاهدة", "body"),
        ("Date d’adoption", "date"),
        ("État d’avancement", "status"),
        ("حالة التنفيذ", "status"),
        ("Département concerné", "lead"),
        ("الجهة المسؤولة", "lead"),
        ("Partenaires associés", "support"),
        ("Échéance", "deadline"),
        ("Référence du courrier", "letter"),
        ("تاريخ المراسلة", "letter_on"),
        ("Mesures prises", "measures"),
        ("التدابير المتخذة", "measures"),
        ("Budget", ""),
        ("", ""),
    ],
)
def test_headers_in_three_languages_name_fields(header, field):
    assert field_of_header(header) == field


def test_the_header_is_found_below_titles_and_its_shape_is_known_again():
    data = book(ENGLISH, before=(("Follow-up of recommendations",), (), ("Updated in May",)))
    seen = files.examine(data)
    assert seen.look.header == 4
    assert seen.columns.columns == ("symbol", "paragraph", "text_en", "states", "position", "themes")
    plain = files.examine(text_of(ENGLISH, ";").encode("utf-16"))
    assert plain.look.shape == seen.look.shape
    assert shape_of(["A ", "É", ""]) == shape_of(["a", "e"]) != shape_of(["e", "a"])


def test_columns_without_header_are_known_by_what_they_hold():
    seen = files.examine(text_of(ENGLISH[1:]).encode())
    assert find_header(files.open_book(text_of(ENGLISH[1:]).encode()).sheets[0]) == 0
    assert seen.columns.header == 0
    assert seen.columns.columns[:2] == ("symbol", "paragraph")
    assert seen.columns.columns[3:5] == ("states", "position")


def test_a_row_becomes_a_record_with_its_place_and_doubts():
    seen = files.examine(book(ENGLISH))
    first, second = files.read(book(ENGLISH), seen.columns).records
    assert isinstance(first, Record)
    assert (first.symbol, first.paragraph, first.mechanism) == ("A/HRC/99/7", "132.89", "UPR")
    assert (first.recommending_states, first.position) == (("CHL", "NOR"), "supported")
    assert (first.themes, first.language, first.row) == (("Education", "Girls"), "en", 2)
    assert first.warnings == ()
    # The spreadsheet kept 132.90 as a number: 132.9.
    assert second.paragraph == "132.90"
    assert [(w.code, w.params["cell"]) for w in second.warnings] == [("zero_restored", "B3")]
    assert Record.from_json(second.as_json()) == second


def test_values_for_all_rows_and_numbers_at_the_beginning_of_the_text():
    data = b"Text;Position\n12. Repeal the ordinance on assemblies (Chile);Supported\n"
    columns = Columns(columns=("text", "position"), fixed={"symbol": "a/hrc/99/7", "language": "en"})
    (record,) = files.read(data, columns).records
    assert (record.symbol, record.paragraph, record.text) == (
        "A/HRC/99/7",
        "12",
        "Repeal the ordinance on assemblies",
    )
    assert record.recommending_states == ("CHL",)


def test_several_languages_of_a_row_are_one_record():
    rows = (
        ("Symbol", "Para", "Français", "العربية", "English"),
        ("CCPR/C/XXA/CO/2", "15 (a) (ii)", "Abroger l’ordonnance", "إلغاء المرسوم", "Repeal the ordinance"),
    )
    columns = Columns(columns=("symbol", "paragraph", "text_fr", "text_ar", "text_en"))
    (record,) = files.read(text_of(rows).encode(), columns).records
    assert (record.paragraph, record.subparagraph) == ("15", "a.ii")
    assert (record.language, record.text) == ("en", "Repeal the ordinance")
    assert record.translations == (("fr", "Abroger l’ordonnance"), ("ar", "إلغاء المرسوم"))


def test_a_symbol_that_many_kinds_of_document_have_names_no_body_by_itself():
    data = b"Text;Note\n12. Repeal the ordinance on assemblies;x\n"
    columns = Columns(columns=("text", ""), fixed={"symbol": "A/HRC/99/7", "language": "en"})
    (record,) = files.read(data, columns).records
    assert record.mechanism is None
    (record,) = files.read(
        data, Columns(**{**columns.as_json(), "fixed": {**columns.fixed, "body": "UPR"}})
    ).records
    assert record.mechanism == "UPR"


def test_a_title_over_rows_is_their_heading():
    rows = (ENGLISH[0], ("I. Schools",), *ENGLISH[1:])
    first, _second = files.read(book(rows), files.examine(book(rows)).columns).records
    assert first.heading == "I. Schools"


def test_what_cannot_be_read_is_named_by_its_cell():
    rows = (
        ("Symbol", "Para", "Text", "Position", "Date", "Body"),
        (
            "A/HRC/99/7",
            "see annex",
            "Continue its efforts to open schools for the girls",
            "maybe",
            "2024",
            "CRC",
        ),
    )
    columns = Columns(columns=("symbol", "paragraph", "text_en", "position", "date", "body"))
    (record,) = files.read(text_of(rows).encode(), columns).records
    assert {(w.code, w.params.get("cell")) for w in record.warnings} == {
        ("number_not_understood", "B2"),
        ("date_unknown", "E2"),
        ("value_unknown", "D2"),
    }
    assert record.mechanism == "CRC"
    assert record.document.date is None


def test_missing_and_repeated_fields_are_said():
    assert mapping.missing(Columns(columns=("paragraph", "themes"))) == ("symbol", "text")
    assert mapping.missing(Columns(columns=("text",), fixed={"symbol": "A/HRC/99/7"})) == ()
    assert mapping.repeated(("text", "text", "themes", "themes", "")) == ("text",)


def test_a_tracker_gives_words_to_map_and_facts_once_mapped():
    data = book(TRACKER)
    seen = files.examine(data)
    assert seen.columns.columns == (
        "paragraph",
        "text_fr",
        "status",
        "lead",
        "support",
        "deadline",
        "measures",
    )
    assert seen.words == {
        "status": (("En cours", 1),),
        "institutions": (("Ministère des Écoles", 1), ("Office des Ports", 1), ("Ministère inconnu", 1)),
    }
    columns = Columns(
        sheet="Suivi",
        columns=seen.columns.columns,
        fixed={"symbol": "A/HRC/99/7"},
        words={
            "status": {"en cours": "in_progress"},
            "institutions": {"ministere des ecoles": "min-eco", "office des ports": "ports"},
        },
    )
    (record,) = files.read(data, columns).records
    national = record.national
    assert (national.status, national.lead, national.support) == ("in_progress", "min-eco", ("ports",))
    assert national.deadline == date(2027, 12, 31)
    assert (national.measures, national.measures_language) == (
        "Douze écoles ont été ouvertes dans les vallées.",
        "fr",
    )
    assert [w.params["value"] for w in record.warnings if w.code == "institution_unknown"] == [
        "Ministère inconnu"
    ]
    assert Record.from_json(record.as_json()) == record


def test_an_unknown_status_is_never_guessed():
    columns = Columns(columns=("paragraph", "text", "status", "", "", "", ""), fixed={"symbol": "A/HRC/99/7"})
    (record,) = files.read(book(TRACKER), columns).records
    assert (record.national.status, record.national.status_as_written) == ("", "En cours")
    assert ("status_unknown", "C2") in {(w.code, w.params.get("cell")) for w in record.warnings}
