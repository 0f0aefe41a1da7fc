"""The sample State's follow-up, played through the real commands at the dates of the story."""

from datetime import timedelta

from tawsiya.core import clock
from tawsiya.followup.choices import Circle, ContributionState, EvidenceMark, ReferenceKind
from tawsiya.followup.commands.assessments import set_status
from tawsiya.followup.commands.assignments import Letter, act_on_assignment, assign_recommendations
from tawsiya.followup.commands.contributions import Content, act_on_contribution, start_contribution
from tawsiya.followup.commands.evidence import attach_evidence
from tawsiya.followup.commands.messages import write_message
from tawsiya.followup.commands.references import Cited, add_reference
from tawsiya.followup.figures import tidy
from tawsiya.followup.models import Contribution
from tawsiya.recommendations.choices import Status
from tawsiya.recommendations.models import Recommendation
from tawsiya.sample.data import Row, day, moment, read
from tawsiya.sample.documents import Items
from tawsiya.sample.people import Cast

# The coordinator writes in Arabic; the justification of every third decision is in French.
JUSTIFICATION_LANGUAGES = ("ar", "ar", "fr")


def find(items: Items, reference: list[str | None]) -> Recommendation:
    """Return the recommendation that a row of the story refers to."""
    document, paragraph, subparagraph = reference
    return items[(document or "", paragraph or "", subparagraph or "")]


def load_assignments(cast: Cast, items: Items) -> None:
    """Assign, and let the institutions answer a week later."""
    coordinator = cast.reader(cast.first("coordinator"))
    for row in sorted(read("followup")["assignments"], key=lambda row: row["letter_date"]):
        institution = cast.institutions[row["institution"]]
        letter_day = moment(row["letter_date"])
        is_lead = row["role"] == "lead"
        with clock.at(letter_day):
            made = assign_recommendations(
                recommendations=[find(items, row["recommendation"])],
                lead=institution if is_lead else None,
                supporting=[] if is_lead else [institution],
                deadline=day(row["deadline"]),
                by=coordinator,
                note=row["note"],
                letter=Letter(row["letter_reference"], day(row["letter_date"])),
            )
        action = {"accepted": "accept", "refused": "refuse"}.get(row["state"])
        if action:
            with clock.at(letter_day + timedelta(days=4, hours=3)):
                act_on_assignment(
                    assignment=made[0],
                    action=action,
                    by=cast.reader(_answers_for(cast, row["institution"])),
                    reason=row["refusal_reason"] or "",
                )


def _answers_for(cast: Cast, institution: str) -> str:
    parent = cast.institutions[institution].parent
    return cast.first("focal_point", parent.key if parent else institution)


def load_contributions(cast: Cast, items: Items) -> list[Contribution]:
    """Write the contributions and take them as far as the story says."""
    added = {row["contribution"]: row for row in read("writing")["evidence"]}
    return [
        _contribution(cast, items, row, added.get(number, {}))
        for number, row in enumerate(read("followup")["contributions"])
    ]


def _contribution(cast: Cast, items: Items, row: Row, more: Row) -> Contribution:
    author = cast.reader(row["author"])
    with clock.at(moment(row["created"])):
        contribution = start_contribution(
            recommendation=find(items, row["recommendation"]),
            institution=cast.institutions[row["institution"]],
            content=Content(
                language=row["language"],
                measures_taken=row["measures_taken"],
                obstacles=row["obstacles"] or "",
                next_steps=row["next_steps"] or "",
                proposed_status=row["proposed_status"] or "",
                figures=tidy(more.get("figures", ())),
                measures_taken_mark=EvidenceMark.PUBLIC.value,
                next_steps_mark=EvidenceMark.PUBLIC.value,
                figures_mark=EvidenceMark.PUBLIC.value,
            ),
            by=author,
        )
        for file in row["evidence"]:
            attach_evidence(
                contribution=contribution,
                title=file["title"],
                file_name=file["file"],
                data=file["content"].encode(),
                mark=EvidenceMark(file["mark"]),
                by=author,
            )
        for cited in more.get("references", ()):
            add_reference(contribution=contribution, cited=_cited(cited), by=author)
    for step, act in enumerate(row.get("history") or ()):
        with clock.at(moment(act["date"], hour=11) + timedelta(minutes=step)):
            contribution = act_on_contribution(
                contribution=contribution,
                action=act["action"],
                by=cast.reader(act["by"]),
                reason=act["reason"] or "",
            )
    assert contribution.state == ContributionState(row["state"]), row["recommendation"]
    return contribution


def _cited(row: Row) -> Cited:
    return Cited(
        kind=ReferenceKind(row["kind"]),
        title=row["title"],
        url=row.get("url", ""),
        number=row.get("number", ""),
        dated=day(row.get("dated")),
        mark=EvidenceMark(row["mark"]),
    )


def load_messages(cast: Cast, items: Items) -> None:
    """Let institutions and delegation talk about an item, in the circles of the story."""
    for row in sorted(read("writing")["messages"], key=lambda row: row["date"]):
        institution = cast.institutions[row["institution"]] if row["institution"] else None
        with clock.at(moment(row["date"], hour=14)):
            write_message(
                item=find(items, row["recommendation"]),
                circle=Circle(row["circle"]),
                institution=institution,
                text=row["text"],
                by=cast.reader(row["by"]),
            )


def load_decisions(cast: Cast, items: Items) -> None:
    """Set the statuses of implementation, oldest first."""
    coordinator = cast.reader(cast.first("coordinator"))
    decisions = sorted(read("followup")["decisions"], key=lambda row: row["date"])
    for number, row in enumerate(decisions):
        language = JUSTIFICATION_LANGUAGES[number % len(JUSTIFICATION_LANGUAGES)]
        with clock.at(moment(row["date"], hour=15)):
            set_status(
                recommendation=find(items, row["recommendation"]),
                status=Status(row["status"]),
                justification=row["justification"][language],
                language=language,
                by=coordinator,
            )
