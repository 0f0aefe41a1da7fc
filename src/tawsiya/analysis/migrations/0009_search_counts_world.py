"""Count every change of other States' records, so that the search never uses an index of an older state."""

from django.db import migrations

_TRIGGER = """
CREATE TRIGGER search_count AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON analysis_worldrecord
    FOR EACH STATEMENT EXECUTE FUNCTION search_count_world();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('analysis', '0008_world_first_load'),
    ]

    operations = [
        migrations.RunSQL(_TRIGGER, "DROP TRIGGER search_count ON analysis_worldrecord"),
    ]
