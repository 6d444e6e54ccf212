"""What the database itself holds: the questions of a published version stay as they are."""

from django.db import migrations

PUBLISHED_STAYS = migrations.RunSQL(
    """
    CREATE FUNCTION monitoring_published_stays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM public.monitoring_questionnaireversion version
            WHERE version.published_at IS NOT NULL
              AND version.id IN (
                  CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
                  CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END
              )
        ) THEN
            RAISE check_violation USING MESSAGE = 'this version of the questionnaire is published';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END
    $$;
    CREATE TRIGGER published_stays BEFORE INSERT OR UPDATE OR DELETE
        ON monitoring_questionnairequestion
        FOR EACH ROW EXECUTE FUNCTION monitoring_published_stays()
    """,
    "DROP TRIGGER published_stays ON monitoring_questionnairequestion;"
    "DROP FUNCTION monitoring_published_stays",
)
