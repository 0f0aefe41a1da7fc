"""Writing in analysis."""
