"""Prepare the environment that the settings read, before Django starts."""

import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SETTINGS = "tawsiya.config.settings"
DATABASE = "tawsiya"
REFUSED = 2


def say(sentence: str) -> None:
    """Print one line for the person who started the command."""
    print(f"tawsiya: {sentence}", file=sys.stderr, flush=True)


def secret_key(folder: Path) -> str:
    """Return the secret key kept in a folder, made on first use and readable by its owner only."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Made beside and linked into place: two commands that start at once get the same key.
        with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".secret_key") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text().strip()


@contextmanager
def embedded_database(folder: Path) -> Iterator[None]:
    """Run the embedded PostgreSQL of a folder for the body, and name it in the environment.

    A server that another process uses goes on running.

    Raises:
        EmbeddedError: it cannot be used; the sentence says why.
    """
    from tawsiya.core import embedded

    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        # The server must be let go of when a service manager stops the command, too.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    local = os.environ.get("TAWSIYA_MODE") in {"demo", "test"}
    with embedded.start(folder / "pg", open_way=local) as server:
        urls = embedded.prepare(server, DATABASE)
        os.environ["DATABASE_URL"] = urls.application
        os.environ["DATABASE_OWNER_URL"] = urls.owner
        try:
            os.environ.setdefault("SECRET_KEY", secret_key(folder))
        except OSError as error:
            raise embedded.EmbeddedError(
                f"The secret key in {folder} cannot be used ({error.strerror})."
            ) from error
        os.environ.setdefault("TAWSIYA_DATA", str(folder))
        yield


@contextmanager
def prepared() -> Iterator[None]:
    """Set what the environment leaves open; start the database that `TAWSIYA_EMBEDDED` names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    folder = os.environ.get("TAWSIYA_EMBEDDED")
    if folder:
        with embedded_database(Path(folder).resolve()):
            yield
    else:
        yield


def refusals(*, migrated: bool) -> list[str]:
    """Start Django and return what forbids to go on, one sentence each."""
    import django

    from tawsiya.core import deployment

    problems = deployment.check_settings()
    if problems:
        return problems
    django.setup()
    return deployment.check_database(migrated=migrated)
