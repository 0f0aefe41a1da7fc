"""Set the working folder up: Python packages, assets and message catalogues. Safe to repeat.

Runs on the system's Python before anything is installed, so it uses the standard library only and
keeps to a syntax that older Pythons can read far enough to say that they are too old.
Each step leaves a stamp in `.venv`; a step whose inputs are unchanged is skipped.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
PYTHON = VENV / "bin/python"
NEEDED = (3, 11)
NPM_NEEDED = 7
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
ASSETS = ROOT / "src/tawsiya/assets/vendor"
STATIC = ROOT / "src/tawsiya/core/static/core"
LOCALE = ROOT / "src/tawsiya/locale"


class SetupError(Exception):
    """The set-up cannot go on; one sentence says why and what to do."""


def say(line):
    # type: (str) -> None
    """Print one line of progress at once."""
    print(line, flush=True)


def fingerprint(*paths):
    # type: (Path) -> str
    """Return a digest of files' contents, of the Python that runs and of the folder's place."""
    digest = hashlib.sha256(repr((sys.version_info[:2], str(ROOT))).encode())
    for path in paths:
        digest.update(path.read_bytes() if path.exists() else b"-")
    return digest.hexdigest()


def done(step, mark):
    # type: (str, str) -> bool
    """Tell whether a step has been taken with the same inputs."""
    stamp = STAMPS / step
    return stamp.exists() and stamp.read_text() == mark


def finish(step, mark):
    # type: (str, str) -> None
    """Note that a step has been taken."""
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / step).write_text(mark)


def use_new_enough_python():
    # type: () -> None
    """Go on with a newer Python of this machine where the one that runs is too old."""
    if sys.version_info >= NEEDED:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found:
            os.execv(found, [found] + sys.argv)  # noqa: S606, RUF005 - a known program, in old syntax
    raise SetupError(
        "Tawsiya needs Python 3.11 or newer and this is Python {}.{}: install a newer one, "
        "or name it with `make PYTHON=/path/to/python3.12 …`.".format(*sys.version_info[:2])
    )


def run(words, failure):
    # type: (list[str], str) -> None
    """Run a program quietly; show the end of its output when it fails."""
    result = subprocess.run(
        words,
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if result.returncode:
        sys.stderr.write(result.stdout.decode("utf-8", "replace")[-2000:] + "\n")
        raise SetupError(failure)


def make_environment():
    # type: () -> None
    """Create `.venv`, again when its Python is gone, of another version or of another folder.

    An environment made by hand is taken over as it is.
    """
    mark = fingerprint()
    if done("venv", mark) and PYTHON.exists():
        return
    if not (STAMPS / "venv").exists() and made_by_hand():
        finish("venv", mark)
        return
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
        raise SetupError(f"{VENV} is no virtual environment of Python: move it away and try again.")
    say(f"Creating .venv with Python {sys.version.split()[0]}")
    run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        "Python could not create .venv (on Debian and Ubuntu: apt install python3-venv).",
    )
    finish("venv", mark)


def made_by_hand():
    # type: () -> bool
    """Tell whether `.venv` works and holds the Python that runs."""
    try:
        answer = subprocess.run(
            [str(PYTHON), "-c", "import sys, pip; print(sys.version_info[:2])"],
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.decode().strip() == str(sys.version_info[:2])


def pip(*words):
    # type: (str) -> list[str]
    """Return a command line of the environment's pip."""
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *words]


def install_packages():
    # type: () -> None
    """Install exactly the locked packages, each checked by its hash."""
    lock = ROOT / "requirements.lock"
    mark = fingerprint(lock)
    if done("packages", mark):
        return
    total = sum("==" in line and not line[0].isspace() for line in lock.read_text().splitlines())
    say(f"Installing {total} Python packages")
    words = pip("install", "--require-hashes", "--no-deps", "--progress-bar=off", "-r", str(lock))
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        last = []  # type: list[str]
        seen = 0
        for raw in process.stdout or ():
            line = raw.decode("utf-8", "replace").rstrip()
            last = [*last[-15:], line]
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                seen += 1
                if seen % 20 == 0:
                    say(f"  {seen} of {total}")
            elif line.startswith("Installing collected"):
                say("  unpacking")
    if process.returncode:
        sys.stderr.write("\n".join(last) + "\n")
        raise SetupError("The Python packages could not be installed; is the network reachable?")
    finish("packages", mark)


def install_tawsiya():
    # type: () -> None
    """Install the project itself, to be edited in place; needs no network."""
    mark = fingerprint(ROOT / "pyproject.toml")
    if done("tawsiya", mark) and (VENV / "bin/tawsiya").exists():
        return
    say("Installing Tawsiya")
    run(
        pip("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)),
        "Tawsiya itself could not be installed.",
    )
    finish("tawsiya", mark)


def npm():
    # type: () -> list[str]
    """Return npm's command line: the machine's own, or that of the Node wheel, installed at need."""
    own = shutil.which("npm")
    if own and _major(own) >= NPM_NEEDED:
        return [own]
    wheel = [str(PYTHON), str(ROOT / "tools/npm.py")]
    lock = ROOT / "tools/node.lock"
    mark = fingerprint(lock)
    if not done("node", mark):
        say("Installing Node.js from its wheel, since this machine has no npm of today")
        run(
            pip("install", "--require-hashes", "--no-deps", "--progress-bar=off", "-r", str(lock)),
            "There is no npm on this machine, and Node's wheel could not be installed: "
            "install Node.js 18 or newer.",
        )
        finish("node", mark)
    return wheel


def _major(program):
    # type: (str) -> int
    try:
        answer = subprocess.run(
            [program, "--version"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return int(answer.stdout.decode().strip().split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def fetch_assets():
    # type: () -> None
    """Fetch style sheets, icons and fonts from npm, and copy those used into the package."""
    lock = ROOT / "package-lock.json"
    mark = fingerprint(lock)
    if not done("npm", mark) or not (ROOT / "node_modules").is_dir():
        say("Fetching style sheets, icons and fonts")
        run(
            [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            "The style sheets and fonts could not be fetched from npm; is the network reachable?",
        )
        finish("npm", mark)
    pictures = sorted((STATIC / "icons").glob("*.svg"))
    mark = fingerprint(lock, ROOT / "tools/assets.py", STATIC / "icons.json", *pictures)
    if not done("assets", mark) or not (ASSETS / "icons.svg").exists():
        say("Copying assets into the package")
        run([str(PYTHON), str(ROOT / "tools/assets.py")], "The assets could not be copied.")
        finish("assets", mark)


def compile_messages():
    # type: () -> None
    """Compile the message catalogues, which are text in the repository."""
    catalogues = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
    mark = fingerprint(*catalogues)
    if done("messages", mark) and all(path.with_suffix(".mo").exists() for path in catalogues):
        return
    say("Compiling message catalogues")
    run([str(PYTHON), str(ROOT / "tools/messages.py"), "compile"], "The catalogues could not be compiled.")
    finish("messages", mark)


def main():
    # type: () -> int
    """Take every step that is due; return 1 after one sentence when one fails."""
    begun = time.monotonic()
    try:
        use_new_enough_python()
        make_environment()
        install_packages()
        install_tawsiya()
        fetch_assets()
        compile_messages()
    except SetupError as error:
        sys.stderr.write(f"Set-up stopped: {error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"Set-up stopped: {error.filename or ROOT} cannot be used ({error.strerror}).\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Set-up stopped; `make setup` goes on where it was.\n")
        return 130
    if time.monotonic() - begun > 1:
        say(f"Set up in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
