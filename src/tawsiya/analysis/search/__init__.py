"""Search: what a query asks for, where its words stand, and what a reader may find (docs/search.md)."""
