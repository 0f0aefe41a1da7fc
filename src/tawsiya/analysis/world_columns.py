"""The columns in which records of other States travel from a reader to the database. Pure."""

COLUMNS = (
    "external_id",
    "symbol",
    "body",
    "states",
    "states_as_written",
    "kind",
    "paragraph",
    "heading",
    "text",
    "language",
    "document_type",
    "published_on",
    "year",
    "themes",
    "persons",
    "sdgs",
    "upr_cycle",
    "upr_session",
    "position",
    "recommending_states",
    "filled",
    "digest",
    "analysis_version",
    "lexemes",
)
"""In the order of a line of PostgreSQL's text format of COPY."""
