"""`tawsiya import FILE --state ISO3 --by ACCOUNT`: a UN document into the database."""

import json
import sys
import textwrap
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import UserFacingError
from tawsiya.intake import messages
from tawsiya.intake.choices import Action, Scope
from tawsiya.intake.commands import import_file
from tawsiya.intake.commands.apply import Outcome
from tawsiya.intake.planning import PlannedRow
from tawsiya.intake.readers.archive import MAX_FILE, MIB
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.uhri import bulk, files

DONE, REJECTED, REFUSED = 0, 1, 2
LARGE_EXPORT = 16 * MIB
"""Bytes from which the records about one State are taken out of an export before anything else."""

HEADINGS = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.UNCHANGED: "unchanged",
    Action.WITHDRAW: "withdrawn",
    Action.REJECT: "rejected",
}


class Command(BaseCommand):
    help = (
        "Import a UN document into the database, all of it or nothing; a second run changes nothing. "
        "Exit status: 0 applied, or nothing to change; 1 rejected or doubtful rows stopped it, nothing was "
        "written; "
        "2 the file cannot be read or the import is refused."
    )
    # The address map has no part in an import: checking it would only cost time.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments: stable since the first version."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--state", required=True, metavar="ISO3", help="the State the file is about")
        parser.add_argument("--by", required=True, metavar="ACCOUNT", help="e-mail of someone who may import")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
        parser.add_argument(
            "--complete",
            choices=Scope.values,
            default="",
            help="declare the file complete: what it no longer has in this scope is withdrawn",
        )
        parser.add_argument(
            "--exclude",
            nargs="+",
            action="extend",
            default=[],
            metavar="NAME",
            help="leave rows out, by the names printed here; kept for later imports",
        )
        parser.add_argument(
            "--accept-doubtful",
            action="store_true",
            help="import rows that need a person's eye as they were read",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import; ends with one of the documented exit statuses."""
        with translation.override("en"):
            try:
                outcome = import_file(
                    data=_bytes_of(Path(options["file"]), options["state"].upper()),
                    file_name=Path(options["file"]).name,
                    state=options["state"].upper(),
                    by=_reader(options["by"]),
                    complete_for=options["complete"],
                    exclude=options["exclude"],
                    accept_doubtful=options["accept_doubtful"],
                    dry_run=options["dry_run"],
                )
            except UnreadableFile as error:
                self._refuse(error.message)
            except UserFacingError as error:
                self._refuse(str(error))
            else:
                report = _report(outcome, options["dry_run"])
                self.stdout.write(
                    json.dumps(report, ensure_ascii=False) if options["as_json"] else _text(report)
                )
                if outcome.plan.rejected:
                    self.stderr.write(
                        "tawsiya: rejected rows stopped the import; nothing was written. "
                        "Leave them out with --exclude NAME."
                    )
                    sys.exit(REJECTED)
                if outcome.plan.doubtful and not options["accept_doubtful"] and not options["dry_run"]:
                    self.stderr.write(
                        "tawsiya: doubtful rows stopped the import; nothing was written. Look at them on the "
                        "page of imports, leave them out with --exclude NAME, or import them as they were "
                        "read with --accept-doubtful."
                    )
                    sys.exit(REJECTED)

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(f"tawsiya: {sentence}")
        sys.exit(REFUSED)


def _reader(account: str) -> Reader:
    user = User.objects.filter(email__iexact=account.strip()).first()
    if user is None:
        raise UserFacingError(f"There is no account {account}.")
    return reader_for(user)


def _bytes_of(path: Path, state: str) -> bytes:
    """The file; of an export of UHRI that is too large for one, the records about the State."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except (OSError, ValueError) as error:
        raise UnreadableFile("missing_file", path=str(path)) from error
    if len(data) > LARGE_EXPORT and files.is_json_export(data):
        return bulk.records_about(path, state)
    if len(data) > MAX_FILE:
        raise UnreadableFile("too_large", limit_mib=MAX_FILE // MIB)
    return data


def _report(outcome: Outcome, dry_run: bool) -> dict[str, Any]:
    """Return what was done, or would be, as plain values: counts, then each row with its reason."""
    rows: dict[str, list[dict[str, Any]]] = {heading: [] for heading in HEADINGS.values()}
    rows["excluded"] = []
    for row in outcome.plan.rows:
        rows["excluded" if row.excluded else HEADINGS[row.action]].append(_shown(row))
    return {
        "applied": outcome.run is not None,
        "dry_run": dry_run,
        "document": outcome.result.document.as_json(),
        "notes": [
            *(warning.message for warning in outcome.result.warnings),
            *map(messages.warning, outcome.plan.notes),
        ],
        "counts": {heading: len(listed) for heading, listed in rows.items()},
        **rows,
        "doubtful": [row.name for row in outcome.plan.doubtful],
        "run": outcome.run.pk if outcome.run else None,
    }


def _shown(row: PlannedRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "reason": messages.reason("excluded" if row.excluded else row.reason, row.reason_params) or None,
        "text": str(row.record.get("text") or ""),
        "changes": row.changes,
        "warnings": [messages.warning(warning) for warning in row.warnings],
        "about": row.what.value,
        "doubts": list(row.doubts),
    }


def _text(report: dict[str, Any]) -> str:
    """Return the report for people: a line of counts, then every row that is not simply unchanged."""
    counts = report["counts"]
    lines = [f"note: {note}" for note in report["notes"]]
    lines.append(", ".join(f"{counts[key]} {key}" for key in counts if counts[key] or key != "excluded"))
    for heading in counts:
        for row in report[heading]:
            if heading == "unchanged" and not row["reason"]:
                continue
            fields = ", ".join(row["changes"]) if heading == "updated" else ""
            why = row["reason"] or fields
            lines.append(f"{heading:<10} {row['name']}{f': {why}' if why else ''}")
            if heading == "rejected":
                lines.append(f"           “{textwrap.shorten(row['text'], 90, placeholder='…')}”")
            lines += [f"           ! {warning}" for warning in row["warnings"]]
    if report["doubtful"]:
        lines.append(f"doubtful: {', '.join(report['doubtful'])}")
    if report["dry_run"]:
        lines.append("dry run: nothing was written")
    elif not report["applied"] and not counts["rejected"] and not report["doubtful"]:
        lines.append("nothing to change; nothing was written")
    return "\n".join(lines)
