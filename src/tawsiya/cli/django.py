"""Every command that Django runs: ours and its own."""

import os
import sys
from collections.abc import Sequence

from tawsiya.cli.environment import REFUSED, prepared, refusals, say
from tawsiya.core.database_url import role_of
from tawsiya.core.embedded import EmbeddedError

NAMES = {"import": "import_document", "worker": "procrastinate", "classifier": "train_classifier"}
# These work without a database, or make it what it must be.
WITHOUT_DATABASE = {
    "help",
    "version",
    "makemigrations",
    "collectstatic",
    "spectacular",
    "check",
    "diffsettings",
}


def run(command: str, arguments: Sequence[str]) -> int:
    """Run a command; refuse with one sentence when the environment or the database is not right."""
    if command == "migrate":
        os.environ["TAWSIYA_AS_OWNER"] = "1"
    try:
        with prepared():
            return _run(command, list(arguments))
    except EmbeddedError as error:
        say(str(error))
        return REFUSED


def _run(command: str, arguments: list[str]) -> int:
    if command not in WITHOUT_DATABASE:
        problems = refusals(migrated=command != "migrate")
        for problem in problems:
            say(problem)
        if problems:
            return REFUSED
    if command == "worker":
        arguments = ["worker", *arguments]
    from django.core.management import ManagementUtility

    try:
        ManagementUtility(["tawsiya", NAMES.get(command, command), *arguments]).execute()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    if command == "migrate":
        _grant()
    sys.stdout.flush()
    return 0


def _grant() -> None:
    from tawsiya.core.deployment import grant_rights

    for note in grant_rights(role_of(os.environ.get("DATABASE_URL", ""))):
        say(note)
