"""Triggers that note what must be indexed anew, in the transaction of the change; then everything there is.

The tables belong to lower rooms, whose commands cannot know the index (docs/search.md).
"""

from django.db import migrations

# table: (what one of its rows is about, the thing's id in a row, columns that count on update; none: all)
_RECOMMENDATION = "COALESCE({row}.parent_id, {row}.id)"
_WATCHED = {
    "recommendations_recommendation": ("recommendation", _RECOMMENDATION, ("headings", "comment", "parent_id")),
    "recommendations_recommendationtext": ("recommendation", "{row}.recommendation_id", ()),
    "recommendations_recommendingstate": ("recommendation", "{row}.recommendation_id", ()),
    "mechanisms_document": ("document", "{row}.id", ("symbol", "titles", "body_id")),
    "followup_contribution": (
        "contribution",
        "{row}.id",
        ("language", "measures_taken", "obstacles", "next_steps"),
    ),
    "followup_evidence": ("evidence", "{row}.id", ("title", "file_name", "removed_at")),
}


def _note(table, row):
    kind, key, _columns = _WATCHED[table]
    return (
        "INSERT INTO analysis_searchpending (kind, object_id) "
        f"VALUES ('{kind}', {key.format(row=row)});"
    )


def _statements(table):
    kind, _key, columns = _WATCHED[table]
    name = f"search_note_{table}"
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns) or "TRUE"
    return (
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN {_note(table, "OLD")} END IF;
            IF TG_OP <> 'DELETE' THEN {_note(table, "NEW")} END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER search_note AFTER INSERT OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {name}();
        CREATE TRIGGER search_note_change AFTER UPDATE ON {table}
            FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {name}();
        """,
        f"""
        DROP TRIGGER search_note ON {table};
        DROP TRIGGER search_note_change ON {table};
        DROP FUNCTION {name}();
        """,
    )


_BODY = """
CREATE FUNCTION search_note_mechanisms_body() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analysis_searchpending (kind, object_id)
        SELECT 'document', id FROM mechanisms_document WHERE body_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER search_note_change AFTER UPDATE ON mechanisms_body
    FOR EACH ROW WHEN (OLD.names IS DISTINCT FROM NEW.names) EXECUTE FUNCTION search_note_mechanisms_body();
"""
_NO_BODY = """
DROP TRIGGER search_note_change ON mechanisms_body;
DROP FUNCTION search_note_mechanisms_body();
"""

_EVERYTHING = """
INSERT INTO analysis_searchpending (kind, object_id)
    SELECT 'document', id FROM mechanisms_document
    UNION ALL SELECT 'recommendation', id FROM recommendations_recommendation WHERE parent_id IS NULL
    UNION ALL SELECT 'contribution', id FROM followup_contribution
    UNION ALL SELECT 'evidence', id FROM followup_evidence;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("analysis", "0001_search"),
        ("mechanisms", "0001_initial"),
        ("recommendations", "0002_alter_tag_taxonomy_alter_tagevent_taxonomy"),
        ("followup", "0001_initial"),
    ]

    operations = [
        *(migrations.RunSQL(*_statements(table)) for table in _WATCHED),
        migrations.RunSQL(_BODY, _NO_BODY),
        migrations.RunSQL(_EVERYTHING, "DELETE FROM analysis_searchpending"),
    ]
