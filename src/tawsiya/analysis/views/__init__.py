"""Pages of the analyst's desk."""
