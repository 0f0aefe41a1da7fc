"""The sample State at the size of a real one: `tawsiya demo --large`. All of it is made by rule.

One function for each subject; `load_large` calls them in order. Each gets the cast and the recommendations.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product

from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.labels import Label
from tawsiya.mechanisms.choices import DocumentType
from tawsiya.mechanisms.commands import DocumentFacts, register_document, register_language_version
from tawsiya.mechanisms.models import Body
from tawsiya.programme.choices import Progress
from tawsiya.programme.commands.measures import BudgetFacts, Content, LawFacts, MilestoneFacts, save_measure
from tawsiya.programme.commands.programmes import NodeFacts, create_programme, save_node
from tawsiya.programme.commands.reports import AmountFacts, ReportContent, act_on_report, report_on_measure
from tawsiya.programme.commands.versions import adopt
from tawsiya.programme.models import Indicator, Measure, Version
from tawsiya.recommendations.choices import Kind, Taxonomy
from tawsiya.recommendations.issued import Issued, create_many
from tawsiya.recommendations.models import Recommendation, Tag
from tawsiya.sample import documents, indicators
from tawsiya.sample.data import moment, read
from tawsiya.sample.people import Cast

RECOMMENDATIONS, MEASURES, INDICATORS = 1_600, 200, 40
PER_DOCUMENT, AXES = 40, 8
BODIES = ("CCPR", "CEDAW", "CRC", "CAT", "CERD", "CESCR")
CURRENCY = "TMD"
Items = list[Recommendation]
_VERBS: tuple[Label, ...] = (
    {"en": "Train", "fr": "Former", "ar": "تكوين"},
    {"en": "Recruit", "fr": "Recruter", "ar": "توظيف"},
    {"en": "Protect by law", "fr": "Protéger par la loi", "ar": "حماية بالقانون"},
    {"en": "Consult each year", "fr": "Consulter chaque année", "ar": "استشارة سنوية مع"},
    {"en": "Count by sex and age", "fr": "Dénombrer par sexe et par âge", "ar": "إحصاء حسب الجنس والسن"},
)
_WHOM: tuple[Label, ...] = (
    {"en": "judges", "fr": "les juges", "ar": "القضاة"},
    {"en": "border guards", "fr": "les gardes-frontières", "ar": "حراس الحدود"},
    {"en": "rural teachers", "fr": "les enseignants ruraux", "ar": "المدرسين بالعالم القروي"},
    {"en": "midwives", "fr": "les sages-femmes", "ar": "القابلات"},
    {"en": "domestic workers", "fr": "les travailleuses domestiques", "ar": "العاملات المنزليات"},
    {"en": "children in institutions", "fr": "les enfants placés", "ar": "الأطفال المودعين"},
    {"en": "persons with disabilities", "fr": "les personnes handicapées", "ar": "الأشخاص في وضعية إعاقة"},
    {"en": "fishers of the coast", "fr": "les pêcheurs de la côte", "ar": "صيادي الساحل"},
)
_WHERE: tuple[Label, ...] = (
    {"en": "in Anzar", "fr": "à Anzar", "ar": "بأنزار"},
    {"en": "in Tizi", "fr": "à Tizi", "ar": "بتيزي"},
    {"en": "in the Grand Erg", "fr": "dans le Grand Erg", "ar": "بالعرق الكبير"},
    {"en": "in the Sahel", "fr": "dans le Sahel", "ar": "بالساحل"},
    {"en": "on the Azur Coast", "fr": "sur la côte d’Azur-Tamourt", "ar": "بساحل أزور"},
)
_UNTIL: tuple[Label, ...] = tuple(
    {"en": f"before {year}", "fr": f"avant {year}", "ar": f"قبل سنة {year}"} for year in range(2027, 2035)
)


def load_large(cast: Cast, story: documents.Items, progress: Callable[[str], None]) -> None:
    """Add what makes the sample State as large as a real one; `story` are its recommendations so far."""
    progress(f"{RECOMMENDATIONS} recommendations made by rule")
    items = load_recommendations()
    progress(f"A programme of {MEASURES} measures")
    load_programme(cast, items)
    progress(f"{INDICATORS} indicators with ten years of values")
    load_indicators(cast, story)


def _joined(*parts: Label) -> Label:
    return {code: " ".join(part[code] for part in parts) for code in ("ar", "fr", "en")}


def texts() -> Iterator[Label]:
    """Yield the texts, each different from all others."""
    for until, where, whom, verb in product(_UNTIL, _WHERE, _WHOM, _VERBS):
        yield _joined(verb, whom, where, until)


def load_recommendations() -> Items:
    """Create the recommendations, forty to a document of one body after another."""
    bodies = {body.code: body for body in Body.objects.filter(code__in=BODIES)}
    themes = list(Tag.objects.filter(taxonomy=Taxonomy.THEME).order_by("pk"))
    made: Items = []
    words = islice(texts(), RECOMMENDATIONS)
    for number in range(RECOMMENDATIONS // PER_DOCUMENT):
        code = BODIES[number % len(BODIES)]
        year = 1990 + number * 35 // (RECOMMENDATIONS // PER_DOCUMENT)
        with clock.at(moment(f"{year}-07-01")), audit.change("document.registered", by=audit.SYSTEM) as event:
            document = register_document(
                facts=DocumentFacts(
                    symbol=f"{code}/C/XTM/CO/{100 + number}",
                    type=DocumentType.CONCLUDING_OBSERVATIONS,
                    titles={"en": f"Concluding observations {100 + number} (made by rule)"},
                    published_on=date(year, 7, 1),
                    authentic_language="en",
                ),
                body=bodies[code],
                review=None,
            )
            for language in ("en", "fr", "ar"):
                register_language_version(document=document, language=language)
            rows = [
                Issued(
                    paragraph=str(place + 8),
                    kind=Kind.RECOMMENDATION,
                    texts=dict(text),
                    tags=[themes[(number + place) % len(themes)]],
                )
                for place, text in enumerate(islice(words, PER_DOCUMENT))
            ]
            made += create_many([(document, row) for row in rows])
            event.subject = document
    return made


def load_indicators(cast: Cast, story: documents.Items) -> None:
    """Define as many indicators as the number lacks, with the values of those of the story."""
    data = read("indicators")
    rows = [row for row in data["indicators"] if row["values"]]
    copies = []
    for number in range(Indicator.objects.count() + 1, INDICATORS + 1):
        row = rows[number % len(rows)]
        mark = dict.fromkeys(("ar", "fr", "en"), f"({number})")
        copies.append({**row, "code": f"{row['code']}-{number}", "names": _joined(row["names"], mark)})
    indicators.load_rows(cast, story, {"years": data["years"], "indicators": copies, "requests": []})


def load_programme(cast: Cast, items: Items) -> Version:
    """Write, adopt and report on a programme that answers all of the recommendations."""
    coordinator = cast.reader(cast.first("coordinator"))
    with clock.at(moment("2025-01-06")):
        names: Label = {
            "en": "Large plan (made by rule)",
            "fr": "Grand plan (fait par règle)",
            "ar": "الخطة الكبرى (منشأة آليا)",
        }
        version = create_programme(names=names, by=coordinator)
        measures = _measures(cast, version, items)
        version = adopt(version=version, act_number="2.25.200", act_date=date(2025, 1, 6), by=coordinator)
    _reports(cast, measures)
    return version


def _measures(cast: Cast, version: Version, items: Items) -> list[Measure]:
    coordinator = cast.reader(cast.first("coordinator"))
    leads = [cast.institutions[key] for key in _writers()]
    nodes = [
        save_node(
            version=version, facts=NodeFacts(str(n + 1), _joined(_VERBS[n % 5], _WHOM[n])), by=coordinator
        )
        for n in range(AXES)
    ]
    share, made = len(items) // MEASURES, list[Measure]()
    for number, text in enumerate(islice(texts(), MEASURES)):
        starts = date(2025, 1, 1) + timedelta(days=5 * (number % 100))
        ends = starts + timedelta(days=400 + 4 * (number % 150))
        content = Content(
            node=nodes[number % AXES],
            code=f"{number % AXES + 1}.{number // AXES + 1}",
            titles=text,
            starts_on=starts,
            ends_on=ends,
            lead=leads[number % len(leads)],
            supporting=(leads[(number + 1) % len(leads)],),
            answers=tuple(items[number * share : (number + 1) * share]),
            milestones=tuple(
                MilestoneFacts(_joined(verb, _WHERE[number % 5]), starts + timedelta(days=150 * place))
                for place, verb in enumerate(_VERBS[:3], start=1)
            ),
            budget=tuple(
                BudgetFacts(year, "planned", Decimal(100_000 * (number % 9 + 1)), CURRENCY, "State budget")
                for year in (2025, 2026)
            ),
            legislation=(LawFacts("decree", _WHOM[number % 8]),) if number % 4 == 0 else (),
            waits_for=(made[-1],) if number % 10 == 9 else (),
        )
        made.append(save_measure(version=version, content=content, by=coordinator))
    return made


def _writers() -> list[str]:
    """Return the institutions that have somebody who writes and somebody who approves."""
    people = read("people")["people"]
    homes = {
        role: {row["institution"] for row in people if row["role"] == role}
        for role in ("focal_point", "validator")
    }
    return sorted(homes["focal_point"] & homes["validator"])


def _reports(cast: Cast, measures: list[Measure]) -> None:
    """Let every third measure be reported on, with a milestone and money."""
    for number, measure in enumerate(measures[::3]):
        lead = measure.institutions.get(level="lead").institution.key
        content = ReportContent(
            progress=Progress.COMPLETED if number % 4 == 0 else Progress.UNDER_WAY,
            text=f"Report {number} made by rule.",
            language="en",
            milestone=measure.milestones.get(order=1),
            reached_on=date(2026, 1, 15) + timedelta(days=number),
            proof=f"Letter {number}/2026",
            amounts=(AmountFacts(2025, "spent", Decimal(50_000), CURRENCY, "State budget"),),
        )
        with clock.at(moment("2026-05-04") + timedelta(days=number)):
            report = report_on_measure(
                measure=measure, content=content, by=cast.reader(cast.first("focal_point", lead))
            )
            act_on_report(report=report, action="approve", by=cast.reader(cast.first("validator", lead)))
