"""What goes signed through the page of a preview comes back to the same person, unchanged."""

import random
import string

import pytest

from tawsiya.core import previews
from tawsiya.core.errors import RuleViolated

VALUE = {"name": "مصفوفة.xlsx", "rows": [["1", "=2+3"], ["", "نص"]]}


def test_it_comes_back_to_its_person_alone() -> None:
    sealed = previews.seal(VALUE, salt="one", user_id=7)
    assert previews.unseal(sealed, salt="one", user_id=7) == VALUE
    assert previews.unseal(sealed, salt="one", user_id=8) is None
    assert previews.unseal(sealed, salt="another", user_id=7) is None
    assert previews.unseal(f"{sealed}x", salt="one", user_id=7) is None
    assert previews.unseal("", salt="one", user_id=7) is None


def test_what_is_too_much_for_a_page_is_refused_at_once() -> None:
    dice = random.Random(3)
    words = ["".join(dice.choices(string.ascii_letters, k=40)) for _ in range(90_000)]
    with pytest.raises(RuleViolated, match="divide it"):
        previews.seal({"rows": words}, salt="one", user_id=7)
