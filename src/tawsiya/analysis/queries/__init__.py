"""Read what the analysis room keeps: always through the reader's visibility."""
