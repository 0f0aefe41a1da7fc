"""Tawsiya: follow what the UN human rights mechanisms recommended to a State."""
