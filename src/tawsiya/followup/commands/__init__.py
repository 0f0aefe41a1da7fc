"""Writing in follow-up: assignments, contributions with evidence, assessments."""
