"""How exactly and fast reports of the UPR Working Group and their addenda are read.

Run ``python bench/upr_reports.py``. The real files are looked for in ``TAWSIYA_SHARED_DATA``, else in
``../shared/data``.

1. Recommendations read, rows found among them, and in how many the number, the words, the States and
   the position are the rows' (differences are explained one by one in
   ``tests/intake/readers/upr/test_shared_reports.py``; rows that divide a printed paragraph are counted
   as parts). Then the same in per cent, as typed and after the PDF decided the differences.
2. Slovenia: recommendations of the report, positions of the addendum against what it says itself.
3. Reports and addenda written for the tests in three languages, as Word files and PDF: every field of
   every recommendation, every answer in a table.
4. Speed: the table of ``bench/pdf_speed.py``.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tawsiya.intake.readers import detect  # noqa: E402 - the path comes first
from tawsiya.intake.readers.records import Record  # noqa: E402 - as above
from tests.intake.readers.matrixpeer import shared_data  # noqa: E402 - as above
from tests.intake.readers.upr import long, test_pdf_tables, typeset, word  # noqa: E402 - as above
from tests.intake.readers.upr.peer import COUNTS, ROWS, compare, shared_rows  # noqa: E402 - as above
from tests.intake.readers.upr.test_shared_reports import EXPLAINED  # noqa: E402 - as above

_FIELDS = (("number", "numbers"), ("words", "texts"), ("States", "states"), ("position", "positions"))


def main() -> int:
    """Print the tables; 0, or 1 where the real files are absent or a row is missing."""
    folder = shared_data()
    if folder is None:
        print("The real reports are not here: set TAWSIYA_SHARED_DATA.", file=sys.stderr)
        return 1
    complete = _exactness(folder)
    _slovenia(folder)
    _languages()
    print(flush=True)
    subprocess.run([sys.executable, Path(__file__).with_name("pdf_speed.py")], check=True)
    return 0 if complete else 1


def _recommendations(data: bytes) -> list[Record]:
    return [record for record in detect.read(data).records if record.kind == "recommendation"]


def _exactness(folder: Path) -> bool:
    print(("{:<16}" + "{:>9}" * 8).format("file", "read", "rows", "found", "parts", *(f for f, _ in _FIELDS)))
    totals = [0] * 8
    extra = 0
    for name in COUNTS:
        records = _recommendations((folder / "upr_reports" / f"{name}.pdf").read_bytes())
        if name not in ROWS:
            print(("{:<16}" + "{:>9}" * 2).format(name, len(records), "-"))
            continue
        c = compare(shared_rows(folder, name), records)
        figures = [len(records), c.rows, c.found, c.parts, c.numbers, c.texts, c.states, c.positions]
        totals = [a + b for a, b in zip(totals, figures, strict=True)]
        extra += len(c.extra)
        print(("{:<16}" + "{:>9}" * 8).format(name, *figures))
    print(("{:<16}" + "{:>9}" * 8).format("together", *totals))
    _per_cent(totals, extra)
    return totals[1] == totals[2]


def _per_cent(totals: Sequence[int], extra: int) -> None:
    """``extra``: recommendations of no row; the one there is is printed in the PDF (algeria2012, 128.12)."""
    read, rows, found, parts = totals[:4]
    whole = found - parts
    shares = [100 * figure / whole for figure in totals[4:]]
    said = Counter(line.partition(":")[0] for lines in EXPLAINED.values() for line in lines)
    decided = [100 * (totals[4 + i] + said[key]) / whole for i, (_, key) in enumerate(_FIELDS)]
    head = ("per cent", "found", "correct", "-", *(field for field, _ in _FIELDS))
    print(("\n{:<34}" + "{:>9}" * 7).format(*head))
    correct = 100 * (read - extra) / read
    line = "{:<34}" + "{:>9.2f}" * 2 + "{:>9}" + "{:>9.2f}" * 4
    print(line.format("against the rows as typed", 100 * found / rows, correct, "", *shares))
    print(line.format("where they differ, as the PDF says", 100 * found / rows, 100.0, "", *decided))


def _slovenia(folder: Path) -> None:
    report = _recommendations((folder / "slovenia" / "A_HRC_59_15.pdf").read_bytes())
    answers = _recommendations((folder / "slovenia" / "A_HRC_59_15_Add.1.pdf").read_bytes())
    counts = Counter(record.position for record in answers)
    marked = sum(bool(record.warnings) for record in answers)
    print("\nSlovenia 2025: read (the documents say 254 recommendations, 217 supported, 37 noted)")
    print(f"  report   {len(report)} recommendations")
    print(f"  addendum {counts['supported']} supported, {counts['noted']} noted, {marked} with warnings")


def _languages() -> None:
    print(
        f"\n{'written for the tests':<24}" + ("{:>9}" * 6).format("there", "read", *(f for f, _ in _FIELDS))
    )
    for language in ("en", "fr", "ar"):
        blocks, wanted = long.report(language)
        forms = {
            "Word, typed": word.typed(blocks, dash=language == "ar"),
            "Word, automatic": word.automatic(blocks),
            "PDF": typeset.report(blocks, language),
        }
        for form, data in forms.items():
            found = {record.paragraph: record for record in _recommendations(data)}
            pairs = [(want, found[number]) for number, want in wanted.items() if number in found]
            figures = (
                len(wanted),
                len(found),
                len(pairs),
                sum(record.text == want.text for want, record in pairs),
                sum(record.recommending_states == want.states for want, record in pairs),
                sum(record.position == want.position for want, record in pairs),
            )
            print(f"{f'{language}, {form}':<24}" + ("{:>9}" * 6).format(*figures))
    print(f"\n{'addendum, table in PDF':<24}" + ("{:>9}" * 4).format("there", "read", "position", "comment"))
    for language, front in test_pdf_tables.FRONTS.items():
        data = typeset.table(front, list(test_pdf_tables.rows(language)), language, "A/HRC/59/99/Add.1")
        answers = _recommendations(data)
        numbered = [(int((r.paragraph or "").partition(".")[2]), r) for r in answers]
        right = sum(r.position == test_pdf_tables.POSITIONS[n % 4] for n, r in numbered)
        comments = sum(r.comment == test_pdf_tables.COMMENTS[language][n % 2] for n, r in numbered)
        figures = (test_pdf_tables.ROWS, len(answers), right, comments)
        print(f"{language:<24}" + ("{:>9}" * 4).format(*figures))


if __name__ == "__main__":
    sys.exit(main())
