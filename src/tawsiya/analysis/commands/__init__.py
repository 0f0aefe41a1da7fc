"""Write what the analysis room keeps: taxonomies, models, suggestions, decisions."""
