"""Write docs/workflows.md from the state machines: `python tools/diagrams.py [--check]`.

With `--check` it writes nothing and fails when the page has drifted from the `workflow.py` of an app.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from tawsiya.followup import workflow as followup
from tawsiya.intake import workflow as intake
from tawsiya.programme import workflow as programme

Machine = tuple[followup.Transition, ...] | tuple[intake.Transition, ...] | tuple[programme.Transition, ...]
MACHINES: dict[str, Machine] = {**followup.MACHINES, **intake.MACHINES, **programme.MACHINES}

PAGE = Path(__file__).resolve().parent.parent / "docs" / "workflows.md"

INTRODUCTION = """\
# Workflows

Generated from `workflow.py` of `followup`, `intake` and `programme` by `python tools/diagrams.py`; do not
edit. A test fails when this page and the code differ. A reason is required where a step says so.
"""

TITLES = {
    "assignment": "Assignment",
    "contribution": "Contribution",
    "questionnaire": "Questionnaire",
    "reply": "Reply of an institution to a questionnaire",
    "extension": "Request for more time",
    "rule": "Version of the rule of assessment",
    "submission": "Submission of the national human rights institution or an organisation",
    "import": "Import",
    "version": "Version of an action programme",
    "report": "Report on a measure",
}
PARTIES: dict[str | None, str] = {
    followup.Party.INSTITUTION: "focal point or validator of the institution",
    followup.Party.VALIDATOR: "validator of the institution who did not write in it",
    followup.Party.COORDINATOR: "coordinator of the delegation",
    followup.Party.AUTHOR: "people of the author's institution",
    intake.Party.DELEGATION: "coordinator or analyst of the delegation",
    intake.Party.SYSTEM: "a background job",
    None: "nobody",
}


def _states(machine: Machine) -> list[str]:
    """Return the states in the order in which the table first names them."""
    found: dict[str, None] = {}
    for row in machine:
        found.setdefault(row.source)
    for row in machine:
        found.setdefault(row.target)
    return list(found)


def _diagram(machine: Machine) -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {machine[0].source}"]
    for row in machine:
        reason = ", with a reason" if row.needs_reason else ""
        lines.append(f"    {row.source} --> {row.target}: {row.action} ({row.party.value}{reason})")
    sources = {row.source for row in machine}
    lines += [f"    {state} --> [*]" for state in _states(machine) if state not in sources]
    return [*lines, "```"]


def _turns(name: str, machine: Machine) -> list[str]:
    rows = ["| state | whose turn | steps |", "|---|---|---|"]
    for state in _states(machine):
        steps = ", ".join(f"`{row.action}` → {row.target}" for row in machine if row.source == state)
        turn = intake.whose_turn(state) if name == "import" else _turn(name, state)
        rows.append(f"| {state} | {PARTIES[turn]} | {steps or '—'} |")
    return rows


def _turn(name: str, state: str) -> followup.Party | None:
    return followup.whose_turn(followup.MACHINES[name], state)


def page() -> str:
    """Return the whole page."""
    blocks = [INTRODUCTION]
    for name, machine in MACHINES.items():
        # Of a programme several may act in each state: the diagram says who.
        turns = [] if name in programme.MACHINES else [*_turns(name, machine), ""]
        blocks.append("\n".join([f"## {TITLES[name]}", "", *_diagram(machine), "", *turns]))
    return "\n".join(blocks)


def main() -> int:
    """Write the page, or with `--check` compare it."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), "utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == page():
        return 0
    print(f"{PAGE.name} differs from the workflows: run python tools/diagrams.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
