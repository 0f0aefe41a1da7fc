"""Roles, readable on one page: who belongs where, and what each role may do.

Who *sees* what is DOMAIN §9, carried out by each app's `visibility.py`. Here: who may *act*.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.choices import InstitutionKind, Role


class Act(StrEnum):
    """Everything a role can be allowed to do."""

    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_INSTITUTIONS = "manage_institutions"
    READ_OUTBOX = "read_outbox"
    MANAGE_TAXONOMIES = "manage_taxonomies"
    IMPORT_DOCUMENTS = "import_documents"
    TAG = "tag"
    ASSIGN = "assign"
    ASK = "ask"
    ANSWER_ASSIGNMENT = "answer_assignment"
    CONTRIBUTE = "contribute"
    CONVERSE = "converse"
    VALIDATE_FOR_INSTITUTION = "validate_for_institution"
    VALIDATE_FOR_DELEGATION = "validate_for_delegation"
    SET_STATUS = "set_status"
    WRITE_RULE = "write_rule"
    SUBMIT = "submit"
    MODERATE = "moderate"
    COMMENT = "comment"
    PLAN = "plan"
    ADOPT = "adopt"
    PUBLISH = "publish"
    EXPORT = "export"
    MANAGE_TEMPLATES = "manage_templates"


MAY: dict[Role, frozenset[Act]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Act.MANAGE_ACCOUNTS,
            Act.MANAGE_INSTITUTIONS,
            Act.MANAGE_TAXONOMIES,
            Act.READ_OUTBOX,
            Act.MANAGE_TEMPLATES,
            Act.EXPORT,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            Act.IMPORT_DOCUMENTS,
            Act.TAG,
            Act.ASSIGN,
            Act.ASK,
            Act.VALIDATE_FOR_DELEGATION,
            Act.SET_STATUS,
            Act.WRITE_RULE,
            Act.MODERATE,
            Act.PLAN,
            Act.ADOPT,
            Act.PUBLISH,
            Act.CONVERSE,
            Act.EXPORT,
        }
    ),
    Role.ANALYST: frozenset({Act.IMPORT_DOCUMENTS, Act.TAG, Act.PLAN, Act.CONVERSE, Act.EXPORT}),
    Role.VALIDATOR: frozenset(
        {
            Act.ANSWER_ASSIGNMENT,
            Act.CONTRIBUTE,
            Act.VALIDATE_FOR_INSTITUTION,
            Act.CONVERSE,
            Act.COMMENT,
            Act.EXPORT,
        }
    ),
    Role.FOCAL_POINT: frozenset(
        {Act.ANSWER_ASSIGNMENT, Act.CONTRIBUTE, Act.CONVERSE, Act.COMMENT, Act.EXPORT}
    ),
    Role.HEAD: frozenset({Act.EXPORT}),
    Role.OBSERVER: frozenset({Act.EXPORT}),
    Role.NHRI: frozenset({Act.COMMENT, Act.SUBMIT, Act.EXPORT}),
    Role.CIVIL_SOCIETY: frozenset({Act.COMMENT, Act.SUBMIT, Act.EXPORT}),
}

DELEGATION_ROLES = frozenset({Role.COORDINATOR, Role.ANALYST})
# The head of an institution reads what its people write, and is told when they are late; acts on nothing.
INSTITUTION_ROLES = frozenset({Role.VALIDATOR, Role.FOCAL_POINT, Role.HEAD})
# An administrator reads content only as an observer does (DOMAIN §9).
OBSERVER_ROLES = frozenset({Role.OBSERVER, Role.ADMINISTRATOR})

# The institutions that can be asked to implement a recommendation.
IMPLEMENTING = frozenset(
    {
        InstitutionKind.DELEGATION,
        InstitutionKind.GOVERNMENT,
        InstitutionKind.JUDICIARY,
        InstitutionKind.PARLIAMENT,
        InstitutionKind.INDEPENDENT,
        InstitutionKind.OTHER,
        InstitutionKind.UNSTATED,
    }
)

# The kinds of institution in which a role makes sense: a membership elsewhere is refused.
HOME: dict[Role, frozenset[InstitutionKind]] = {
    Role.ADMINISTRATOR: frozenset({InstitutionKind.DELEGATION}),
    Role.COORDINATOR: frozenset({InstitutionKind.DELEGATION}),
    Role.ANALYST: frozenset({InstitutionKind.DELEGATION}),
    Role.VALIDATOR: IMPLEMENTING,
    Role.FOCAL_POINT: IMPLEMENTING,
    Role.HEAD: IMPLEMENTING,
    Role.OBSERVER: frozenset(InstitutionKind) - {InstitutionKind.NHRI, InstitutionKind.CIVIL_SOCIETY},
    Role.NHRI: frozenset({InstitutionKind.NHRI}),
    Role.CIVIL_SOCIETY: frozenset({InstitutionKind.CIVIL_SOCIETY}),
}

ACT_NAMES = {
    Act.MANAGE_ACCOUNTS: _("Invite people, give and end roles, name deputies, close accounts"),
    Act.MANAGE_INSTITUTIONS: _("Create, change and replace institutions"),
    Act.READ_OUTBOX: _("See what became of each e-mail"),
    Act.MANAGE_TAXONOMIES: _("Add and import taxonomies, set what is applied automatically"),
    Act.IMPORT_DOCUMENTS: _("Import UN documents"),
    Act.TAG: _("Tag recommendations"),
    Act.ASSIGN: _("Assign recommendations to institutions"),
    Act.ASK: _("Send questionnaires to institutions and decide on more time"),
    Act.ANSWER_ASSIGNMENT: _("Accept or refuse an assignment of the own institution"),
    Act.CONTRIBUTE: _("Write contributions of the own institution and submit them"),
    Act.CONVERSE: _("Write in the conversations on an item"),
    Act.VALIDATE_FOR_INSTITUTION: _("Approve or return contributions inside the own institution"),
    Act.VALIDATE_FOR_DELEGATION: _("Validate contributions or send them back"),
    Act.SET_STATUS: _("Set the status of implementation"),
    Act.WRITE_RULE: _("Write the rule of assessment and publish it"),
    Act.SUBMIT: _("Say how recommendations are implemented, as seen from outside"),
    Act.MODERATE: _("Accept or refuse submissions, record UN grades and parliament's questions"),
    Act.COMMENT: _("Comment on a programme in consultation"),
    Act.PLAN: _("Write action programmes and their measures"),
    Act.ADOPT: _("Open a programme to consultation, and adopt it"),
    Act.PUBLISH: _("Publish and withdraw"),
    Act.EXPORT: _("Export what one sees"),
    Act.MANAGE_TEMPLATES: _("Replace the template of programmes"),
}

# What a role reads, in a sentence; DOMAIN §9 is the whole rule.
ROLE_NOTES = {
    Role.ADMINISTRATOR: _("Keeps accounts and institutions. Reads content only as an observer does."),
    Role.COORDINATOR: _("Leads the follow-up for the delegation. Reads what institutions have sent to it."),
    Role.ANALYST: _("Prepares the work of the delegation. Reads what its coordinators read."),
    Role.VALIDATOR: _("Answers for what the institution sends. Never validates a text of his or her own."),
    Role.FOCAL_POINT: _(
        "Writes for the institution. Reads its drafts, and what others validated on its items."
    ),
    Role.HEAD: _("Reads what the institution writes. Told by e-mail when its answers stay overdue."),
    Role.OBSERVER: _("Reads what is validated and confirmed. Changes nothing."),
    Role.NHRI: _("Independent. Reads recommendations as issued and what is published."),
    Role.CIVIL_SOCIETY: _("Reads recommendations as issued and what is published."),
}

REFUSALS = {
    Act.MANAGE_ACCOUNTS: _("Only an administrator manages accounts and invitations."),
    Act.MANAGE_INSTITUTIONS: _("Only an administrator changes institutions."),
    Act.READ_OUTBOX: _("Only an administrator reads the outbox."),
    Act.MANAGE_TAXONOMIES: _("Only an administrator changes taxonomies."),
    Act.IMPORT_DOCUMENTS: _("Only the delegation imports documents."),
    Act.TAG: _("Only the delegation changes tags."),
    Act.ASSIGN: _("Only a coordinator of the delegation assigns recommendations."),
    Act.ASK: _("Only a coordinator of the delegation sends questionnaires and gives more time."),
    Act.ANSWER_ASSIGNMENT: _("Only the institution concerned answers an assignment."),
    Act.CONTRIBUTE: _("Only the institution concerned writes its contribution."),
    Act.CONVERSE: _("Only the institution concerned and the delegation converse on an item."),
    Act.VALIDATE_FOR_INSTITUTION: _("Only a validator of the institution decides at this step."),
    Act.VALIDATE_FOR_DELEGATION: _("Only a coordinator of the delegation decides at this step."),
    Act.SET_STATUS: _("Only a coordinator of the delegation sets the status of implementation."),
    Act.WRITE_RULE: _("Only a coordinator of the delegation writes the rule of assessment."),
    Act.SUBMIT: _("Only the national human rights institution and organizations submit."),
    Act.MODERATE: _("Only a coordinator of the delegation decides on what others say."),
    Act.COMMENT: _("Only those consulted comment on a programme."),
    Act.PLAN: _("Only the delegation writes action programmes."),
    Act.ADOPT: _("Only a coordinator of the delegation opens a programme to consultation and adopts it."),
    Act.PUBLISH: _("Only a coordinator of the delegation publishes."),
    Act.EXPORT: _("Sign in to export."),
    Act.MANAGE_TEMPLATES: _("Only an administrator replaces templates."),
}
