"""Pages of imports and of filled matrices: thin, from forms to commands."""
