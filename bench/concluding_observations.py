"""How exactly and fast concluding observations are read, against what a person counted in them.

Run ``python bench/concluding_observations.py``. The real files are looked for in
``TAWSIYA_SHARED_DATA``, else in ``../shared/data``. First table: numbered paragraphs expected (the
manifest beside the files, for the Word file the last number), found, missing, invented; items; kinds;
milliseconds of one reading. Second table: asking paragraphs and items that a person read by eye in
some of the files (``tests/intake/readers/observations/key.py``: numbers and letters), how many of them
are called recommendations, and how many others are. Third table: paragraphs of the ten committees in
three languages with UHRI's own mark of recommendation or concern.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tawsiya.intake.readers import detect  # noqa: E402 - the path comes first
from tawsiya.intake.readers.observations_kinds import act_of  # noqa: E402 - as above
from tawsiya.intake.readers.records import ReadResult  # noqa: E402 - as above
from tests.intake.readers.matrixpeer import shared_data  # noqa: E402 - as above
from tests.intake.readers.observations.key import ASKING, ASKING_PARAGRAPHS  # noqa: E402 - as above

_ROUNDS = 3
_ASKS = "aa43335f-ec93-415e-bd4a-87ec91225983"
_WORD = {"CERD_C_URY_CO_21-23.en.docx": 44}
"""Files that the manifest does not count, with their last number."""


def main() -> int:
    """Print the tables; 0, or 1 where the real files are absent or a figure is not reached."""
    folder = shared_data()
    if folder is None:
        print("The real observations are not here: set TAWSIYA_SHARED_DATA.", file=sys.stderr)
        return 1
    with (folder / "concluding_observations" / "manifest.csv").open(encoding="utf-8") as stream:
        expected = {row["file"]: int(row["numbered_paragraphs"]) for row in csv.DictReader(stream)}
    results: dict[str, ReadResult] = {}
    paragraphs = _paragraphs(folder / "concluding_observations", expected | _WORD, results)
    asking = _asking(results)
    _committees(folder / "uhri_six_languages" / "records.jsonl.gz")
    return 0 if paragraphs >= 0.99 and asking >= 0.98 else 1


def _paragraphs(folder: Path, expected: dict[str, int], results: dict[str, ReadResult]) -> float:
    head = ("expected", "found", "missing", "invented", "items", "asks", "concern", "other", "due", "ms")
    print(("{:<30}" + "{:>9}" * 10).format("file", *head))
    totals: Counter[str] = Counter()
    for name, last in sorted(expected.items()):
        data = (folder / name).read_bytes()
        started = time.perf_counter()
        for _round in range(_ROUNDS):
            result = detect.read(data)
        spent = (time.perf_counter() - started) / _ROUNDS * 1000
        results[name] = result
        wanted = {str(n) for n in range(1, last + 1)}
        found = {r.paragraph for r in result.records if r.subparagraph is None}
        kinds = Counter(r.kind for r in result.records)
        row = {
            "expected": last,
            "found": len(wanted & found),
            "missing": len(wanted - found),
            "invented": len(found - wanted),
            "items": sum(r.subparagraph is not None for r in result.records),
            "asks": kinds["recommendation"],
            "concern": kinds["concern"],
            "other": kinds["other"],
            "due": len(result.deadlines),
            "ms": round(spent),
        }
        totals.update(row)
        print(("{:<30}" + "{:>9}" * 10).format(name, *(row[key] for key in head)))
    print(("{:<30}" + "{:>9}" * 10).format("together", *(totals[key] for key in head)))
    return totals["found"] / totals["expected"]


def _asking(results: dict[str, ReadResult]) -> float:
    print(f"\n{'file':<30}{'asking':>9}{'called':>9}{'too many':>9}")
    totals: Counter[str] = Counter()
    for name in sorted([*ASKING, *ASKING_PARAGRAPHS]):
        parts = name in ASKING
        key = set(ASKING[name] if parts else ASKING_PARAGRAPHS[name])
        called = {
            ".".join(filter(None, (r.paragraph, r.subparagraph)))
            for r in results[name].records
            if r.kind == "recommendation" and (parts or r.subparagraph is None)
        }
        row = {"asking": len(key), "called": len(key & called), "too many": len(called - key)}
        totals.update(row)
        print(f"{name:<30}{row['asking']:>9}{row['called']:>9}{row['too many']:>9}")
    print(f"{'together':<30}{totals['asking']:>9}{totals['called']:>9}{totals['too many']:>9}")
    return totals["called"] / totals["asking"]


def _committees(path: Path) -> None:
    if not path.exists():
        print("\nThe records in six languages are not here.")
        return
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    print(f"\n{'UHRI, ten committees':<30}{'asking':>9}{'called':>9}{'concerns':>9}{'called':>9}")
    for language in ("en", "fr", "ar"):
        counts: Counter[str] = Counter()
        for record in records:
            text = record.get(language)
            if not text or record["symbol"].startswith("A/HRC"):
                continue
            asks = record["annotationType"] == _ASKS
            called = act_of(text, among_concerns=True).kind == "recommendation"
            counts["asking"] += asks
            counts["concerns"] += not asks
            counts["right"] += asks and called
            counts["wrong"] += called and not asks
        print(
            f"{language:<30}{counts['asking']:>9}{counts['right']:>9}{counts['concerns']:>9}{counts['wrong']:>9}"
        )


if __name__ == "__main__":
    sys.exit(main())
