"""Write what belongs to the analyst's desk."""
