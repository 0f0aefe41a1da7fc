"""Write the drafts of a filled matrix: all that were chosen, or none."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.commands.contributions import edit_contribution, start_contribution
from tawsiya.followup.models import Contribution
from tawsiya.intake.errors import ChangedSincePreview, listed
from tawsiya.intake.filled import CREATE, Digests, FilledPlan, digests, plan_filled
from tawsiya.intake.readers.filled_matrix import FilledMatrix


def apply_filled(
    *, matrix: FilledMatrix, chosen: Collection[int], previewed: Digests, by: Reader
) -> list[Contribution]:
    """Create and change the drafts of the chosen rows, each through follow-up's own commands.

    Args:
        chosen: numbers of the rows.
        previewed: what the preview said each row would do (`filled.digests`).

    Raises:
        ChangedSincePreview: a chosen row would now do something else; names the rows.
        RuleViolated: nothing was chosen that could be written.
        PermissionRefused: `by` does not write for the institution.
    """
    with transaction.atomic():
        plans = [plan for plan in plan_filled(matrix, by=by) if plan.row.number in chosen]
        now = digests(plans)
        changed = [
            plan.name
            for plan in plans
            if now.get(str(plan.row.number)) != previewed.get(str(plan.row.number))
        ]
        if changed:
            raise ChangedSincePreview(
                _("Changed since the preview: %(names)s. Nothing was written; look at the rows again.")
                % {"names": listed(changed)},
                changed,
            )
        written = [contribution for plan in plans if (contribution := _write(plan, by)) is not None]
        if not written:
            raise RuleViolated(_("Choose at least one row."))
    return written


def _write(plan: FilledPlan, by: Reader) -> Contribution | None:
    if plan.item is None or plan.institution is None or plan.content is None or not plan.writes:
        return None
    if plan.action == CREATE or plan.contribution is None:
        return start_contribution(
            recommendation=plan.item, institution=plan.institution, content=plan.content, by=by
        )
    return edit_contribution(
        contribution=plan.contribution,
        content=plan.content,
        seen_version=plan.contribution.version,
        by=by,
    )
