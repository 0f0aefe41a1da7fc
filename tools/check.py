"""Every static check, one line each; what a failing one said follows. `make check` runs it."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = (
    ("lint", "ruff", "check", "--quiet", "."),
    ("format", "ruff", "format", "--check", "--quiet", "."),
    ("types", "mypy"),
    ("layers", "lint-imports"),
    ("templates", "djlint", "src", "--lint", "--quiet"),
    ("messages", "python", "tools/messages.py", "check"),
    ("migrations", "tawsiya", "makemigrations", "--check", "--dry-run"),
)


def main() -> int:
    """Run the checks named on the command line, all without names; return 1 when one fails."""
    chosen = [check for check in CHECKS if not sys.argv[1:] or check[0] in sys.argv[1:]]
    failed = []
    for name, program, *arguments in chosen:
        begun = time.monotonic()
        result = subprocess.run(
            [str(BIN / program), *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        verdict = "FAILED" if result.returncode else "ok"
        print(f"{name:12} {verdict:7} {time.monotonic() - begun:5.1f} s", flush=True)
        if result.returncode:
            failed.append(name)
            print((result.stdout + result.stderr).rstrip(), flush=True)
    print(f"{len(chosen) - len(failed)} of {len(chosen)} checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
