"""Read what belongs to the analyst's desk: always through `visibility`."""
