"""Write docs/roles.md from `tawsiya.accounts.roles`: `python tools/roles.py [--check]`."""

import os
import sys
from pathlib import Path

import django

PAGE = Path(__file__).resolve().parent.parent / "docs" / "roles.md"

HEAD = """\
# Who may do what

Written by `tools/roles.py` from `src/tawsiya/accounts/roles.py`: do not edit. Who *sees* what is told by the
`visibility.py` of each app.

"""


def page() -> str:
    """Return the page's text. Django is set up."""
    from django.utils.translation import override

    from tawsiya.accounts.choices import InstitutionKind, Role
    from tawsiya.accounts.roles import ACT_NAMES, HOME, MAY, REFUSALS, ROLE_NOTES

    with override("en"):
        lines = ["| | " + " | ".join(str(role.label) for role in Role) + " |"]
        lines += ["|---|" + ":-:|" * len(Role)]
        for act, name in ACT_NAMES.items():
            cells = ["yes" if act in MAY[role] else "" for role in Role]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
        lines += ["", "## Roles", ""]
        for role in Role:
            homes = ", ".join(str(kind.label).lower() for kind in InstitutionKind if kind in HOME[role])
            lines += [f"- **{role.label}** (`{role.value}`). {ROLE_NOTES[role]} Exists in: {homes}."]
        lines += ["", "## What is said when an act is refused", ""]
        lines += [f"- `{act.value}`: {REFUSALS[act]}" for act in ACT_NAMES]
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, or with `--check` only compare it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tawsiya.config.settings")
    os.environ.setdefault("TAWSIYA_MODE", "test")
    django.setup()
    if "--check" in sys.argv:
        current = PAGE.read_text("utf-8") if PAGE.exists() else ""
        if current != page():
            print("docs/roles.md is not what tools/roles.py writes: run it.")
            return 1
        return 0
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
