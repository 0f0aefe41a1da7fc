"""Rules of the house that no linter knows: read from the source itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tawsiya"

WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}
# Besides commands: what runs inside a command's audited act, and tables that are none of record.
WRITERS = (
    "*/commands.py",
    "*/commands/*.py",
    "recommendations/issued.py",  # called by imports and the sample State inside their act
    "recommendations/setup.py",  # tawsiya init
    "recommendations/vocabularies.py",  # set-up and commands call it inside their act
    "notifications/tasks.py",  # the outbox is no table of record
    "reports/making.py",  # documents made in the background are no table of record
    "accounts/models.py",  # the manager creates the person for `create_person`
)


def modules() -> list[Path]:
    return sorted(
        path
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and "assets" not in path.parts
    )


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def manager_writes(tree: ast.AST) -> Iterator[int]:
    """Yield the lines of calls such as `Model.objects.create(...)`, `queryset.delete()`, `row.save()`."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = ast.unparse(node.func.value)
        through_manager = ".objects" in owner and node.func.attr in {*WRITES, "update"}
        saves_a_row = node.func.attr == "save" and not node.args and "form" not in owner
        if through_manager or saves_a_row:
            yield node.lineno


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_commands_write(path: Path) -> None:
    if any(path.relative_to(PACKAGE).match(pattern) for pattern in WRITERS):
        return
    lines = list(manager_writes(ast.parse(path.read_text())))
    assert not lines, f"{name_of(path)} writes to the database in lines {lines}; move it to a command"


def test_the_rule_on_writes_catches_a_planted_one() -> None:
    planted = "def view(request):\n    Thing.objects.filter(pk=1).update(x=2)\n    thing.save()\n"
    assert list(manager_writes(ast.parse(planted))) == [2, 3]


def codes_in_source() -> set[str]:
    """Return the literal codes of `audit.change("…")`."""
    found = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) in {"audit.change", "change"}
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return found


def test_every_act_has_its_sentence() -> None:
    from tawsiya.audit import sentences

    codes = codes_in_source()
    assert "institution.changed" in codes, "the search for codes finds nothing any more"
    assert codes - set(sentences.registered()) == set()


def test_every_module_is_of_a_readable_size() -> None:
    long = {name_of(path): count for path in modules() if (count := len(path.read_text().splitlines())) > 400}
    assert long == {}


def test_every_setting_read_from_the_environment_is_documented() -> None:
    documented = set(re.findall(r"`([A-Z][A-Z_0-9]+)`", (ROOT / "docs" / "settings.md").read_text()))
    read = set()
    for path in modules():
        read |= set(
            re.findall(r"environ(?:\.get\(|\.setdefault\(|\.pop\(|\[)\s*\"([A-Z_0-9]+)\"", path.read_text())
        )
    internal = {"DJANGO_SETTINGS_MODULE", "XDG_RUNTIME_DIR"}
    assert read - documented - internal == set()


def templates() -> list[Path]:
    return sorted(
        path
        for path in PACKAGE.rglob("*")
        if "templates" in path.parts and path.suffix in {".html", ".txt", ".xml"}
    )


# Found by name: Django's error pages, allauth's pages and the fields of its forms.
CALLED_FROM_OUTSIDE = re.compile(
    r"^(4\d\d|500|403_csrf)\.html$|^(account|allauth|mfa|socialaccount|rest_framework|drf_spectacular)/"
)


def test_every_template_is_used() -> None:
    sources = [path.read_text() for path in modules()] + [path.read_text() for path in templates()]
    everything = "\n".join(sources)
    unused = []
    for path in templates():
        name = path.as_posix().split("/templates/", 1)[1]
        component = re.match(r"core/components/(\w+)\.html$", name)
        wanted = [f'"{name}"', f"'{name}'"]
        if component:
            wanted += [f'component "{component[1]}"', f"component '{component[1]}'"]
        if not CALLED_FROM_OUTSIDE.match(name) and not any(word in everything for word in wanted):
            unused.append(name)
    assert unused == []
