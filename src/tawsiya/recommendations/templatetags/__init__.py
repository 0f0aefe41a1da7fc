"""Tags of the pages of recommendations."""
