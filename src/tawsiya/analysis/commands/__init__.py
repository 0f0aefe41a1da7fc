"""Writing of analysis."""
