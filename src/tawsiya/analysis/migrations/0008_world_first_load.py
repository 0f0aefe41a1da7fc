"""What a load may not do itself, since the application does not own the table: index it at once.

Filling the index of words row by row takes several times as long as building it over the rows. The
function does nothing else, works inside a load only, and drops nothing while there are records.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION analysis_world_indexes(build boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF COALESCE(current_setting('tawsiya.world_load', TRUE), '') = '' THEN
        RAISE EXCEPTION 'indexes are built inside a load' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF build THEN
        ALTER TABLE analysis_worldrecord ADD CONSTRAINT world_external_id UNIQUE (external_id);
        CREATE INDEX world_lexemes ON analysis_worldrecord USING gin (lexemes);
        ANALYZE analysis_worldrecord;
    ELSE
        IF EXISTS (SELECT FROM analysis_worldrecord) THEN
            RAISE EXCEPTION 'there are records' USING ERRCODE = 'insufficient_privilege';
        END IF;
        ALTER TABLE analysis_worldrecord DROP CONSTRAINT IF EXISTS world_external_id;
        DROP INDEX IF EXISTS world_lexemes;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION analysis_world_indexes(boolean) FROM PUBLIC;
"""

# Most rows have two to five thousand bytes: compressing each would take as long as all the rest.
ROWS_AS_THEY_ARE = "ALTER TABLE analysis_worldrecord SET (toast_tuple_target = 8160)"


class Migration(migrations.Migration):
    dependencies = [
        ('analysis', '0007_world_records'),]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION analysis_world_indexes(boolean)"),
        migrations.RunSQL(ROWS_AS_THEY_ARE, "ALTER TABLE analysis_worldrecord RESET (toast_tuple_target)"),
    ]
