"""OHCHR's own matrices through the whole import, once and again."""

from collections import Counter
from pathlib import Path

import pytest

from tawsiya.intake.commands import import_file
from tawsiya.intake.models import ImportRun
from tawsiya.recommendations.models import Recommendation, RecommendingState
from tawsiya.recommendations.setup import register_reference_bodies, register_vocabularies
from tests.factories import coordinator, make_instance

MATRICES = [
    ("UPR48_Slovenia_thematic_list", "SVN", 254),
    ("UPR17_China_matrix_2013", "CHN", 252),
    ("UPR20_Egypt_matrix", "EGY", 300),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "state", "rows"), MATRICES)
def test_a_real_matrix_enters_whole_and_a_second_time_changes_nothing(
    db: None, files: Path, shared_data: Path, name: str, state: str, rows: int
) -> None:
    from tawsiya.audit import commands as audit

    with audit.change("instance.created", by=audit.SYSTEM):
        register_reference_bodies()
        register_vocabularies()
    make_instance(state=state)
    data = (shared_data / "ohchr_matrices" / f"{name}.docx").read_bytes()
    by = coordinator()

    first = import_file(data=data, file_name=f"{name}.docx", state=state, by=by)
    second = import_file(data=data, file_name=f"{name}.docx", state=state, by=by)

    assert Counter(row.action.value for row in first.plan.rows) == {"create": rows}
    assert Counter(row.action.value for row in second.plan.rows) == {"unchanged": rows}
    assert Recommendation.objects.count() == rows
    read = Counter(code for record in first.result.records for code in record.recommending_states)
    stored = Counter(RecommendingState.objects.exclude(state="").values_list("state", flat=True))
    assert stored == read
    assert ImportRun.objects.count() == 1
