"""Writing programmes: permission, rules, save, audit, notify, in one transaction."""
