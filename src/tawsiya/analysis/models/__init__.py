"""Finding, classifying and grouping: search index, suggestions, groups, saved views, other States."""
