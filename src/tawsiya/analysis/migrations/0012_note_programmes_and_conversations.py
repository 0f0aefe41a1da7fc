"""Note what must be indexed anew of programmes, indicators, conversations and references; then all there is."""

from django.db import migrations

# table: (what one of its rows is about, the thing's id in a row, columns that count on update)
_WATCHED = {
    "programme_measure": ("measure", "{row}.id", ("code", "titles", "descriptions", "risks", "node_id")),
    "programme_milestone": ("measure", "{row}.measure_id", ("titles", "measure_id")),
    "programme_legislation": ("law", "{row}.id", ("titles", "number")),
    "programme_indicator": (
        "indicator",
        "{row}.id",
        ("code", "names", "sdg", "attributes", "definitions", "methods", "units", "sources"),
    ),
    "followup_message": ("message", "{row}.id", ("text",)),
    "followup_reference": ("reference", "{row}.id", ("title", "number", "removed_at")),
}


def _note(table, row):
    kind, key, _columns = _WATCHED[table]
    return (
        "INSERT INTO analysis_searchpending (kind, object_id) "
        f"VALUES ('{kind}', {key.format(row=row)});"
    )


def _statements(table):
    _kind, _key, columns = _WATCHED[table]
    name = f"search_note_{table}"
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
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


# The name of an axis is searched with every measure below it.
_NODE = """
CREATE FUNCTION search_note_programme_node() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analysis_searchpending (kind, object_id)
        WITH RECURSIVE below(id) AS (
            SELECT NEW.id
            UNION
            SELECT n.id FROM programme_node n JOIN below ON n.parent_id = below.id
        )
        SELECT 'measure', m.id FROM programme_measure m JOIN below ON m.node_id = below.id;
    RETURN NULL;
END $$;
CREATE TRIGGER search_note_change AFTER UPDATE ON programme_node
    FOR EACH ROW WHEN (
        OLD.names IS DISTINCT FROM NEW.names OR OLD.parent_id IS DISTINCT FROM NEW.parent_id
    ) EXECUTE FUNCTION search_note_programme_node();
"""
_NO_NODE = """
DROP TRIGGER search_note_change ON programme_node;
DROP FUNCTION search_note_programme_node();
"""

_EVERYTHING = """
INSERT INTO analysis_searchpending (kind, object_id)
    SELECT 'measure', id FROM programme_measure
    UNION ALL SELECT 'law', id FROM programme_legislation
    UNION ALL SELECT 'indicator', id FROM programme_indicator
    UNION ALL SELECT 'message', id FROM followup_message
    UNION ALL SELECT 'reference', id FROM followup_reference
    UNION ALL SELECT 'contribution', id FROM followup_contribution WHERE 'restricted' IN
        (measures_taken_mark, obstacles_mark, next_steps_mark, figures_mark);
"""
_NOTHING = """
DELETE FROM analysis_searchpending WHERE kind IN
    ('measure', 'law', 'indicator', 'message', 'reference', 'restricted');
DELETE FROM analysis_searchentry WHERE kind IN
    ('measure', 'law', 'indicator', 'message', 'reference', 'restricted');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("analysis", "0011_search_finds_programmes_and_conversations"),
        ("programme", "0005_files_waits_and_execution"),
        ("followup", "0007_counting_reads_no_text"),
    ]

    operations = [
        *(migrations.RunSQL(*_statements(table)) for table in _WATCHED),
        migrations.RunSQL(_NODE, _NO_NODE),
        migrations.RunSQL(_EVERYTHING, _NOTHING),
    ]
