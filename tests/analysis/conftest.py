"""What the tests of the search start from."""

import pytest


@pytest.fixture
def world(db: None):
    from tests.recommendations.world import make_world  # models load only once Django is set up

    return make_world()
