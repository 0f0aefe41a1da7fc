"""Pages of dashboards."""
