"""A snapshot as pages, preview, feed and API show it: one reading of its content, field by field.

Nothing leaves that is not named here, whatever a snapshot may hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from tawsiya.core.labels import Label, text_of
from tawsiya.portal.choices import Part
from tawsiya.portal.indicators import PublicIndicator
from tawsiya.portal.models import PublishedFile, PublishedItem

Plain = dict[str, Any]


@dataclass(frozen=True)
class PublicFile:
    """A file to download; `url` is empty in a preview."""

    title: str
    url: str = ""
    media_type: str = ""
    size: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class PublicPart:
    """One published part of a contribution."""

    code: str
    label: str | Promise
    text: str


@dataclass(frozen=True)
class PublicContribution:
    """What an institution reported."""

    institution: Label
    language: str
    date: date
    parts: tuple[PublicPart, ...]


@dataclass(frozen=True)
class PublicItem:
    """A published recommendation. `content` is the snapshot's; read it through the properties."""

    id: int
    version: int
    published_at: datetime | None
    content: Plain
    files: tuple[PublicFile, ...] = ()

    @property
    def symbol(self) -> str:
        """The symbol of the UN document."""
        return str(self.content["document"]["symbol"])

    @property
    def label(self) -> str:
        """The paragraph as people cite it."""
        return str(self.content["item"]["label"])

    @property
    def is_part(self) -> bool:
        """Whether it is a lettered part of a paragraph."""
        return bool(self.content["item"]["subparagraph"])

    @property
    def title(self) -> str:
        """Symbol and paragraph."""
        return f"{self.symbol} § {self.label}"

    @property
    def body(self) -> Label:
        """The name of the body that recommends."""
        return dict(self.content["body"]["names"])

    @property
    def review(self) -> Plain:
        """Cycle, session and year of the review, as far as they are known."""
        return dict(self.content["review"] or {})

    @property
    def document_date(self) -> date | None:
        """When the document was published."""
        return _day(self.content["document"]["published_on"])

    @property
    def heading(self) -> Label:
        """The heading under which the document has it."""
        return dict(self.content["headings"])

    @property
    def position(self) -> str:
        """The State's position in the UN's vocabulary, empty outside the UPR."""
        return str(self.content["position"])

    @property
    def states(self) -> list[Label]:
        """The names of the recommending States."""
        return [row["names"] for row in self.content["recommending_states"]]

    @property
    def tags(self) -> dict[str, list[Plain]]:
        """Code and names of themes, affected persons and SDGs."""
        return {name: self.content[name] for name in ("themes", "persons", "sdgs")}

    @property
    def status(self) -> Plain | None:
        """Code, day and justification of the published status."""
        status = self.content["status"]
        return {**status, "decided_on": _day(status["decided_on"])} if status else None

    @property
    def lead(self) -> Label | None:
        """The name of the lead institution, where published."""
        return self.content["lead"]["names"] if self.content["lead"] else None

    @property
    def deadline(self) -> date | None:
        """The lead institution's deadline, where published."""
        return _day(self.content["deadline"])

    @property
    def contributions(self) -> list[PublicContribution]:
        """The published parts of the contributions, the latest first."""
        found = [
            PublicContribution(
                institution=row["institution"],
                language=row["language"],
                date=date.fromisoformat(row["date"]),
                parts=tuple(
                    PublicPart(part["part"], Part(part["part"]).label, part["text"]) for part in row["parts"]
                ),
            )
            for row in self.content["contributions"]
        ]
        return found[::-1]

    @property
    def references(self) -> list[Plain]:
        """The published links and laws; snapshots of before they could be cited have none."""
        rows = self.content.get("references", ())
        return [{**row, "dated": _day(row["dated"])} for row in rows]

    @property
    def indicators(self) -> list[PublicIndicator]:
        """The indicators that follow it by themselves; those of its measures come with the programme."""
        return [PublicIndicator(row) for row in self.content.get("indicators", ())]

    def texts(self, language: str) -> list[Plain]:
        """Return the text in each language, the reader's first, then the official ones."""
        return _in_order(self.content["texts"], language)

    def lead_in(self, language: str) -> list[Plain]:
        """Return the text of the paragraph that a lettered part belongs to, in the same order."""
        return _in_order(self.content["lead_in"], language)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _in_order(texts: Sequence[Plain], language: str) -> list[Plain]:
    return sorted(texts, key=lambda row: (row["language"] != language, row["status"] != "official"))


def as_open_data(item: PublicItem, url: str) -> Plain:
    """Return an item for the API: every published field, labels in all their languages.

    Args:
        url: the address of its page.
    """
    status = item.status
    return {
        "id": item.id,
        "version": item.version,
        "published_at": item.published_at,
        "url": url,
        "symbol": item.symbol,
        "paragraph": item.label,
        "is_part": item.is_part,
        "document_date": item.document_date,
        "body": {"code": item.content["body"]["code"], "names": item.body},
        "mechanism": item.content["body"]["mechanism"],
        "review": item.review,
        "headings": item.heading,
        "lead_in": [_text(row) for row in item.lead_in("en")],
        "texts": [_text(row) for row in item.texts("en")],
        "position": item.position,
        "recommending_states": [
            {"code": row["code"], "names": row["names"]} for row in item.content["recommending_states"]
        ],
        **{
            name: [{"code": tag["code"], "names": tag["names"]} for tag in tags]
            for name, tags in item.tags.items()
        },
        "status": status and {key: status[key] for key in ("code", "decided_on", "justification")},
        "lead_institution": item.lead,
        "deadline": item.deadline,
        "contributions": [
            {
                "institution": contribution.institution,
                "language": contribution.language,
                "date": contribution.date,
                "parts": {part.code: part.text for part in contribution.parts},
            }
            for contribution in item.contributions
        ],
        "evidence": [
            {
                "title": file.title,
                "url": file.url,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.sha256,
            }
            for file in item.files
        ],
        "references": [
            {key: row[key] for key in ("kind", "title", "number", "dated", "url")} for row in item.references
        ],
        "indicators": [indicator.as_open_data() for indicator in item.indicators],
    }


def _text(row: Plain) -> Plain:
    return {key: row[key] for key in ("language", "text", "status")}


def numbered(code: str, name: str) -> str:
    """Return the name of a goal or target with its number, which some names already begin with."""
    return name if name.startswith(code) else f"{code} {name}".strip()


def short_text(item: PublicItem, language: str) -> str:
    """Return the text for a feed or a cell: the reader's language, else what there is."""
    versions = item.texts(language)
    return str(versions[0]["text"]) if versions else text_of(item.heading, language)


def item_of(snapshot: PublishedItem, files: Sequence[PublishedFile] = ()) -> PublicItem:
    """Return a snapshot as it is shown."""
    return PublicItem(
        id=snapshot.recommendation_id,
        version=snapshot.version,
        published_at=snapshot.published_at,
        content=snapshot.content,
        files=tuple(
            PublicFile(
                title=row.title,
                url=reverse("portal:file", args=[row.pk]),
                media_type=row.media_type,
                size=row.size,
                sha256=row.sha256,
            )
            for row in files
        ),
    )


def preview_of(recommendation_id: int, version: int, content: Plain) -> PublicItem:
    """Return what would be shown if it were published now; its files are not copied yet."""
    return PublicItem(
        id=recommendation_id,
        version=version,
        published_at=None,
        content=content,
        files=tuple(PublicFile(title=row["title"]) for row in content["evidence"]),
    )
