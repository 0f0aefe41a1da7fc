"""What the database holds of the recommendations that an import touches, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tawsiya.intake.vocabulary import Vocabulary

IMPORTED = "import"
OFFICIAL = "official"


@dataclass(frozen=True)
class Identity:
    """How a recommendation is known: document, paragraph, path of the lettered part, ordinal (DOMAIN §2)."""

    symbol: str
    paragraph: str
    subparagraph: str = ""
    ordinal: int = 1

    @property
    def place(self) -> str:
        """Document and paragraph, whichever of its records: `A/HRC/59/15 § 140.7`."""
        return f"{self.symbol} § {self.paragraph}"

    @property
    def name(self) -> str:
        """The name by which a person excludes it: `A/HRC/59/15 § 140.7`, `… § 31 (b) #2`."""
        path = "".join(f" ({step})" for step in self.subparagraph.split(".") if step)
        again = f" #{self.ordinal}" if self.ordinal > 1 else ""
        return f"{self.symbol} § {self.paragraph}{path}{again}"


@dataclass(frozen=True)
class KnownItem:
    """A recommendation as it stands. `texts`: language → (text, status); `tags`: taxonomy → code → origin."""

    pk: int
    version: int
    identity: Identity
    kind: str
    headings: Mapping[str, str]
    texts: Mapping[str, tuple[str, str]]
    states: tuple[str, ...]
    as_written: tuple[str, ...]
    position: str
    national_grade: str
    status: str
    source_of_position: str
    addressee: str
    comment: str
    external_id: str
    follow_up_due_on: str
    tags: Mapping[str, Mapping[str, str]]
    withdrawn: bool = False


@dataclass(frozen=True)
class KnownWork:
    """Who works or worked on a recommendation, by keys of institutions.

    `lead` has the open assignment to lead, `ever` any assignment, open or not, `contributed` any
    contribution.
    """

    lead: str = ""
    ever: frozenset[str] = frozenset()
    contributed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KnownDocument:
    """A document that is there; `first_language`: the one it was first imported in, "" for none."""

    pk: int
    symbol: str
    body: str
    first_language: str = ""


@dataclass(frozen=True)
class KnownObligation:
    """An obligation that a document of the file created; `due_on` is ISO text, "" for none."""

    pk: int
    symbol: str
    kind: str
    due_on: str
    within_months: int | None
    paragraph: str
    items: tuple[str, ...]
    note: str


@dataclass
class Known:
    """Everything that planning compares with. `state` is "" before the instance is set up.

    `report` is the report of the review that an addendum belongs to, `another_report` one of the same
    review under another symbol than the file's; "" where none is known.
    """

    state: str = ""
    items: dict[Identity, KnownItem] = field(default_factory=dict)
    documents: dict[str, KnownDocument] = field(default_factory=dict)
    exclusions: frozenset[str] = frozenset()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    work: Mapping[int, KnownWork] = field(default_factory=dict)
    assignable: frozenset[str] = frozenset()
    obligations: tuple[KnownObligation, ...] = ()
    report: str = ""
    another_report: str = ""
    by_external: dict[str, KnownItem] = field(init=False)

    def __post_init__(self) -> None:
        """Index by the identifier of UHRI, which stays when a number or symbol is read otherwise."""
        self.by_external = {item.external_id: item for item in self.items.values() if item.external_id}
