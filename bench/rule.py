"""How long a rule of assessment takes to judge every recommendation of a State.

Run ``python bench/rule.py``. Facts are invented from a fixed seed: 1,600 recommendations with up to eight
contributions, six pieces of evidence, four measures with milestones and laws, three indicators. Printed: the
processor's time to derive a status for all of them with the example rule, for the list of what a draft would
change (two rules), and for keeping one derivation as JSON. The limit is the 300 ms of server time that a page
with figures of all recommendations may take; reading the facts is a fixed number of queries
(``tests/followup/rule/test_rules.py``).
"""

from __future__ import annotations

import os
import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tawsiya.config.settings")
os.environ.setdefault("TAWSIYA_MODE", "demo")

import django  # noqa: E402 - the settings come first

django.setup()

from tawsiya.followup.rule.example import example  # noqa: E402 - as above
from tawsiya.followup.rule.facts import ContributionFact, EvidenceFact, Facts  # noqa: E402 - as above
from tawsiya.followup.rule.tree import derive  # noqa: E402 - as above
from tawsiya.programme.choices import LawStage, Progress  # noqa: E402 - as above
from tawsiya.programme.facts import LawFact, MeasureFact, MilestoneFact  # noqa: E402 - as above
from tawsiya.programme.indicator_facts import IndicatorFact  # noqa: E402 - as above
from tawsiya.recommendations.choices import COMMON_SCALE  # noqa: E402 - as above

ITEMS, TODAY, LIMIT_MS = 1_600, date(2026, 11, 25), 300.0


def _facts(dice: random.Random) -> Facts:
    def measure(number: int) -> MeasureFact:
        steps = tuple(
            MilestoneFact(
                n, {"en": "Step"}, TODAY + timedelta(dice.randint(-300, 300)), dice.choice((None, TODAY))
            )
            for n in range(dice.randint(0, 5))
        )
        laws = tuple(
            LawFact(n, {"en": "Law"}, dice.choice(LawStage.values)) for n in range(dice.randint(0, 2))
        )
        progress = dice.choice((None, *Progress.values))
        return MeasureFact(number, str(number), {"en": "Measure"}, progress, steps, laws)

    return Facts(
        TODAY,
        contributions=tuple(
            ContributionFact(n, {"en": "Ministry"}, n == 0, dice.choice(("", *COMMON_SCALE)), TODAY)
            for n in range(dice.randint(0, 8))
        ),
        evidence=tuple(EvidenceFact(n, "Proof", "file", "public") for n in range(dice.randint(0, 6))),
        measures=tuple(measure(n) for n in range(dice.randint(0, 4))),
        indicators=tuple(
            IndicatorFact(n, "I", {"en": "Rate"}, "2026", None, None, dice.choice((True, False, None)))
            for n in range(dice.randint(0, 3))
        ),
    )


def _milliseconds(act: object) -> float:
    assert callable(act)
    best = float("inf")
    for _round in range(5):
        begun = time.process_time()
        act()
        best = min(best, time.process_time() - begun)
    return best * 1000


def main() -> int:
    """Print the table; 1 where the limit is passed."""
    dice = random.Random(20261125)  # noqa: S311 - invented facts, no secret
    facts = [_facts(dice) for _ in range(ITEMS)]
    rule, other = example(), example()
    other["common"] = other["common"][1:]

    def whole() -> None:
        for one in facts:
            derive(rule, "", one)

    def changes() -> None:
        for one in facts:
            derive(rule, "", one)
            derive(other, "", one)

    rows = [
        (f"derive {ITEMS:,} recommendations", _milliseconds(whole)),
        ("list what a draft changes (two rules)", _milliseconds(changes)),
        ("keep one derivation as JSON", _milliseconds(lambda: derive(rule, "", facts[0]).as_json())),
    ]
    for name, spent in rows:
        print(f"{name:<42}{spent:>9.1f} ms")
    print(f"{'limit for a page':<42}{LIMIT_MS:>9.1f} ms")
    return int(rows[1][1] > LIMIT_MS)


if __name__ == "__main__":
    raise SystemExit(main())
