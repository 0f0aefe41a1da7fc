"""Search over the records of other States: an index of arrays beside the read-only table (docs/search.md)."""
