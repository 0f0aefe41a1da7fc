"""Index a contribution anew when its figures, or the confidentiality of a part, change."""

from django.db import migrations

_BEFORE = ("language", "measures_taken", "obstacles", "next_steps")
_NOW = (
    *_BEFORE,
    "figures",
    "measures_taken_mark",
    "obstacles_mark",
    "next_steps_mark",
    "figures_mark",
)


def _trigger(columns):
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return f"""
        DROP TRIGGER search_note_change ON followup_contribution;
        CREATE TRIGGER search_note_change AFTER UPDATE ON followup_contribution
            FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION search_note_followup_contribution();
    """


class Migration(migrations.Migration):
    dependencies = [
        ("analysis", "0009_search_counts_world"),
        ("followup", "0003_parts_figures_references_conversations"),
    ]

    operations = [migrations.RunSQL(_trigger(_NOW), _trigger(_BEFORE))]
