"""A programme as a document: Word by a template that can be replaced, PDF, and a sheet for each measure."""
