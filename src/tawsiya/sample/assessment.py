"""The sample State's rule of assessment, a proposal overruled, and what others say: all of it fictional."""

from typing import Any

from tawsiya.core import clock
from tawsiya.followup.commands.assessments import set_status
from tawsiya.followup.commands.rules import begin_rule
from tawsiya.followup.commands.voices import Asked, Assessed, Said, act_on_submission, submit
from tawsiya.portal.commands import accept_submission, publish_rule, record_grade, save_question
from tawsiya.recommendations.choices import Status
from tawsiya.sample.data import day, moment, read
from tawsiya.sample.documents import Items
from tawsiya.sample.followup import find
from tawsiya.sample.people import Cast


def load_rule(cast: Cast, items: Items) -> None:
    """Publish the first rule, and overrule once what it proposes."""
    data = read("assessment")
    coordinator = cast.reader(cast.first("coordinator"))
    rule, overruled = data["rule"], data["overruled"]
    with clock.at(moment(rule["date"], hour=9)):
        draft = begin_rule(by=coordinator)
        publish_rule(
            rule=draft,
            note=rule["note"],
            language=rule["language"],
            in_force_from=moment(rule["date"]).date(),
            seen_version=draft.row_version,
            by=coordinator,
        )
    with clock.at(moment(overruled["date"], hour=15)):
        set_status(
            recommendation=find(items, overruled["recommendation"]),
            status=Status(overruled["status"]),
            justification=overruled["justification"],
            language=overruled["language"],
            by=coordinator,
        )


def load_voices(cast: Cast, items: Items) -> None:
    """Let the national institution, organisations, a UN committee and parliament speak."""
    data = read("assessment")
    coordinator = cast.reader(cast.first("coordinator"))
    for row in data["submissions"]:
        _submission(cast, items, row)
    for row in data["grades"]:
        with clock.at(moment(row["date"], hour=17)):
            record_grade(
                recommendation=find(items, row["recommendation"]),
                assessed=Assessed(
                    grade=row["grade"],
                    symbol=row["symbol"],
                    assessed_on=moment(row["date"]).date(),
                    reasons=row["reasons"],
                    language=row["language"],
                ),
                by=coordinator,
            )
    for row in data["questions"]:
        with clock.at(moment(row["answered"], hour=12)):
            save_question(
                asked=Asked(
                    number=row["number"],
                    asked_on=moment(row["asked"]).date(),
                    deputy=row["deputy"],
                    group=row["group"],
                    text=row["text"],
                    language=row["language"],
                    answer=row["answer"],
                    answered_on=day(row["answered"]),
                ),
                items=[find(items, reference) for reference in row["recommendations"]],
                by=coordinator,
            )


def _submission(cast: Cast, items: Items, row: dict[str, Any]) -> None:
    role = "nhri" if row["author"] == "nhri" else "civil_society"
    author = cast.reader(cast.first(role, row["author"]))
    coordinator = cast.reader(cast.first("coordinator"))
    with clock.at(moment(row["date"], hour=11)):
        made = submit(
            recommendation=find(items, row["recommendation"]),
            said=Said(row["text"], row["language"], row["status"]),
            by=author,
        )
    if "decision" not in row:
        return
    with clock.at(moment(row["decided"], hour=11)):
        if row["decision"] == "accept":
            accept_submission(submission=made, seen_version=made.version, by=coordinator)
        else:
            act_on_submission(
                submission=made,
                action="refuse",
                ground=row["ground"],
                reason=row["reason"],
                by=coordinator,
            )
