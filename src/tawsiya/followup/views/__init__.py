"""Pages of follow-up. Thin: they read through `queries`, write through `commands`."""
