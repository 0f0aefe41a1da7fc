"""Pages: `public` and `machines` for everyone, `internal` for the delegation."""
