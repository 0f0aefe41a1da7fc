"""The sample State's plan of action, from consultation to revision, and a road map in consultation."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from tawsiya.core import clock
from tawsiya.core.labels import Label
from tawsiya.portal.commands import publish_programme
from tawsiya.programme.choices import Audience, Progress
from tawsiya.programme.commands.comments import (
    PublicWords,
    answer_comment,
    comment_from_the_public,
    comment_on,
    decide_on_comment,
)
from tawsiya.programme.commands.measures import BudgetFacts, Content, LawFacts, MilestoneFacts, save_measure
from tawsiya.programme.commands.programmes import NodeFacts, create_programme, save_node
from tawsiya.programme.commands.reports import (
    AmountFacts,
    ReportContent,
    StageFacts,
    act_on_report,
    report_on_measure,
)
from tawsiya.programme.commands.versions import adopt, begin_revision, open_consultation
from tawsiya.programme.models import Measure, Node, Version
from tawsiya.sample.data import Row, day, moment, read
from tawsiya.sample.documents import Items
from tawsiya.sample.followup import find
from tawsiya.sample.indicators import follow_measures
from tawsiya.sample.people import Cast

AUDIENCES = [Audience.SECTORS, Audience.NHRI, Audience.ORGANISATIONS, Audience.PUBLIC]
CURRENCY = "TMD"  # the dirham of Tamourt
OPEN_FOR = timedelta(days=45)


def load_programmes(cast: Cast, items: Items) -> None:
    """Play the story of the plan at its dates, and open the road map to consultation since last week."""
    data = read("programme")
    coordinator = cast.reader(cast.first("coordinator"))
    plan = data["plan"]
    with clock.at(moment(plan["begun"])):
        version = _write(cast, items, plan)
    opens, closes = (moment(value) for value in plan["consulted"])
    with clock.at(opens):
        open_consultation(
            version=version, audiences=AUDIENCES, opens_at=opens, closes_at=closes, by=coordinator
        )
    _comments(cast, version, plan["comments"])
    for row in plan["of_the_public"]:
        _of_the_public(cast, version, row)
    with clock.at(moment(plan["adopted"])):
        version = adopt(
            version=version, act_number=plan["act"], act_date=_date(plan["adopted"]), by=coordinator
        )
    with clock.at(moment(plan["published"])):
        publish_programme(version=version, by=coordinator)
    for row in sorted(plan["reports"], key=lambda row: row["date"]):
        _report(cast, version, row)
    with clock.at(moment(plan["revised"])):
        _revise(cast, items, version)
    with clock.at(moment(plan["published_again"])):
        _follow(cast, items, version, plan["followed"])
        publish_programme(version=version, by=coordinator)
    _road_map(cast, items, data["roadmap"])


def _date(value: str) -> date:
    return date.fromisoformat(value)


def _write(cast: Cast, items: Items, plan: Row) -> Version:
    coordinator = cast.reader(cast.first("coordinator"))
    version = create_programme(names=plan["names"], by=coordinator)
    nodes: dict[str, Node] = {}
    for row in plan["axes"]:
        above = nodes[row["parent"]].pk if "parent" in row else None
        facts = NodeFacts(row["code"], row["names"], parent_id=above)
        nodes[row["code"]] = save_node(version=version, facts=facts, by=coordinator)
    measures: dict[str, Measure] = {}
    for row in plan["measures"]:
        content = _content(cast, items, row, nodes[row["axis"]], measures)
        measures[row["code"]] = save_measure(version=version, content=content, by=coordinator)
    return version


def _content(cast: Cast, items: Items, row: Row, node: Node, measures: dict[str, Measure]) -> Content:
    law = row["law"]
    return Content(
        node=node,
        code=row["code"],
        titles=row["titles"],
        starts_on=day(row["starts"]),
        ends_on=day(row["ends"]),
        reach="region" if row["places"] else "national",
        places=tuple(row["places"]),
        targets=tuple(row["targets"]),
        lead=cast.institutions[row["lead"]],
        supporting=tuple(cast.institutions[key] for key in row["supporting"]),
        answers=tuple(find(items, [*reference, None]) for reference in row["answers"]),
        milestones=tuple(MilestoneFacts(step["titles"], _date(step["due"])) for step in row["milestones"]),
        budget=tuple(
            BudgetFacts(year, "planned", Decimal(amount), CURRENCY, source)
            for year, amount, source in row["budget"]
        ),
        legislation=(LawFacts(law["kind"], law["titles"], "", law["stage"], day(law["since"])),)
        if law
        else (),
        waits_for=tuple(measures[code] for code in row["waits"]),
    )


def _comments(cast: Cast, version: Version, rows: list[Row]) -> None:
    coordinator = cast.reader(cast.first("coordinator"))
    for row in rows:
        measure = Measure.objects.get(version=version, code=row["measure"])
        with clock.at(moment(row["date"])):
            comment = comment_on(
                measure=measure, text=row["text"], language=row["language"], by=cast.reader(row["author"])
            )
        with clock.at(moment(row["answered"])):
            answer_comment(comment=comment, text=row["answer"], language=row["language"], by=coordinator)


def _of_the_public(cast: Cast, version: Version, row: Row) -> None:
    """Have somebody comment on the public pages; a coordinator decides, and answers what is accepted."""
    coordinator = cast.reader(cast.first("coordinator"))
    with clock.at(moment(row["date"])):
        comment = comment_from_the_public(
            consultation_id=version.consultations.get().pk,
            code=row["measure"],
            said=PublicWords(row["text"], row["language"], row["author"]),
        )
    with clock.at(moment(row["date"]) + timedelta(days=2)):
        decide_on_comment(
            comment=comment,
            accept="answer" in row,
            ground=row.get("refused", ""),
            reason=row.get("reason", ""),
            by=coordinator,
        )
    if "answer" in row:
        with clock.at(moment(row["answered"])):
            answer_comment(comment=comment, text=row["answer"], language=row["language"], by=coordinator)


def _follow(cast: Cast, items: Items, version: Version, followed: dict[str, list[str]]) -> None:
    """Say which indicators follow which measures, both by code."""
    keys = dict(version.measures.values_list("code", "key"))
    by_indicator: dict[str, tuple[UUID, ...]] = {}
    for code, indicators in followed.items():
        for indicator in indicators:
            by_indicator[indicator] = (*by_indicator.get(indicator, ()), keys[code])
    follow_measures(cast, items, by_indicator)


def _report(cast: Cast, version: Version, row: Row) -> None:
    measure = Measure.objects.get(version=version, code=row["measure"])
    step = measure.milestones.get(order=row["milestone"]) if "milestone" in row else None
    stages: tuple[StageFacts, ...] = ()
    if "stage" in row:
        stage, since, number = row["stage"]
        stages = (StageFacts(measure.legislation.get(), stage, _date(since), number),)
    content = ReportContent(
        progress=Progress(row["progress"]),
        text=row["text"],
        language=row["language"],
        milestone=step,
        reached_on=day(row.get("reached")),
        proof=row.get("proof", ""),
        amounts=tuple(
            AmountFacts(year, kind, Decimal(amount), CURRENCY, source)
            for year, kind, amount, source in row.get("amounts", ())
        ),
        stages=stages,
    )
    with clock.at(moment(row["date"])):
        report = report_on_measure(measure=measure, content=content, by=cast.reader(row["author"]))
    if row["validator"]:
        with clock.at(moment(row["date"], hour=16)):
            act_on_report(report=report, action="approve", by=cast.reader(row["validator"]))


def _revise(cast: Cast, items: Items, version: Version) -> None:
    """Begin the revision: one measure ends later, and a new one is added that says little yet."""
    analyst = cast.reader(cast.first("analyst"))
    draft = begin_revision(version=version, by=analyst)
    late = next(row for row in read("programme")["plan"]["measures"] if row["code"] == "2.2")
    nodes = {node.code: node for node in draft.nodes.all()}
    measure = Measure.objects.get(version=draft, code="2.2")
    steps = list(measure.milestones.order_by("order"))
    content = _content(cast, items, late | {"ends": "2028-06-30"}, nodes["2"], {})
    facts = tuple(MilestoneFacts(step.titles, step.due_on + timedelta(days=200), step.key) for step in steps)
    save_measure(version=draft, content=replace(content, milestones=facts), measure=measure, by=analyst)
    titles: Label = {
        "en": "Strengthen school transport",
        "fr": "Renforcer le transport scolaire",
        "ar": "تعزيز النقل المدرسي",
    }
    save_measure(version=draft, content=Content(node=nodes["2"], code="2.6", titles=titles), by=analyst)


def _road_map(cast: Cast, items: Items, data: Row) -> None:
    coordinator = cast.reader(cast.first("coordinator"))
    opens = clock.now() - timedelta(days=7)
    with clock.at(opens - timedelta(days=30)):
        version = _write(cast, items, data)
    with clock.at(opens):
        open_consultation(
            version=version,
            audiences=AUDIENCES,
            opens_at=opens,
            closes_at=opens + OPEN_FOR,
            by=coordinator,
        )
    # Nobody has looked at them yet.
    for row in data["of_the_public"]:
        with clock.at(clock.now() - timedelta(days=row["days"])):
            comment_from_the_public(
                consultation_id=version.consultations.get().pk,
                code=row["measure"],
                said=PublicWords(row["text"], row["language"], row["author"]),
            )
