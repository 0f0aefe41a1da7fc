"""The fixture of these tests: the small world of recommendations."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.recommendations.world import World


@pytest.fixture
def world(db: None) -> "World":
    """A small world of recommendations with people of every role."""
    from tests.recommendations.world import make_world

    return make_world()
