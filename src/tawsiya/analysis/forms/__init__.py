"""Forms of the analyst's desk."""
