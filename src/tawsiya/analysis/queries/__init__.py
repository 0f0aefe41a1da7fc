"""Reading of analysis: always through the rooms' visibility."""
