"""Pages of accounts. Thin: they read through `queries`, write through `commands`."""
