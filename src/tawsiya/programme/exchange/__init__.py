"""A programme as sheets of cells, and back: the same for our own workbooks and for plans from elsewhere."""
