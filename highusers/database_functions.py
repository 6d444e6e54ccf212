"""Figures on patients over all practices: functions in the database that return counts only.

They run as the owner of the tables, whom row-level security does not bind, so each returns one
row per practice and nothing that tells one patient from another.
"""

from django.db import migrations

PLAN_COUNTS = migrations.RunSQL(
    """
    CREATE FUNCTION highusers_plan_counts(
        practice_ids bigint[], programme_years smallint[], first_days date[],
        reference_days date[], thresholds integer[]
    )
    RETURNS TABLE (practice_id bigint, programme_year smallint, patients bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT asked.practice_id, asked.programme_year, count(DISTINCT plan.high_user_id)
        FROM unnest(practice_ids, programme_years, first_days, reference_days, thresholds)
             AS asked (practice_id, programme_year, first_day, reference_on, threshold)
        JOIN public.highusers_patientplan plan
          ON plan.practice_id = asked.practice_id
         AND plan.drafted_on BETWEEN asked.first_day AND asked.reference_on
        WHERE plan.contacts_before >= asked.threshold
           OR EXISTS (
              SELECT FROM public.highusers_highuser patient
              JOIN public.highusers_patienttotal total
                ON total.practice_id = patient.practice_id
               AND total.patient_key = patient.patient_key
              JOIN public.highusers_extract extract ON extract.id = total.extract_id
              WHERE patient.id = plan.high_user_id
                AND total.contacts >= asked.threshold
                AND extract.period_end <= asked.reference_on
                AND extract.period_end = (extract.period_start + interval '1 year')::date - 1)
        GROUP BY asked.practice_id, asked.programme_year
    $$;
    REVOKE EXECUTE ON FUNCTION highusers_plan_counts FROM PUBLIC
    """,
    "DROP FUNCTION highusers_plan_counts",
)
"""Patients with a plan that counts, per practice and programme year.

A plan counts when it was drawn up from the year's first day up to its reference day, for a
patient at or above the threshold: by the count recorded with the plan itself, or on an extract
of exactly twelve months whose period was over on the reference day. Each patient once a year.
Pairs without such a plan are absent.
"""

TEAM_COUNTS = migrations.RunSQL(
    """
    CREATE FUNCTION highusers_team_counts()
    RETURNS TABLE (subject text, profile smallint, value text, patients bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        WITH judged AS (
            SELECT DISTINCT ON (high_user_id) high_user_id, profile_id, influenceable
            FROM public.highusers_judgement
            WHERE influenceable <> '' OR profile_id IS NOT NULL
            ORDER BY high_user_id, period_end DESC
        ),
        planned AS (
            SELECT DISTINCT ON (high_user_id) high_user_id, profile_id, influenceable, state
            FROM public.highusers_patientplan
            ORDER BY high_user_id, drafted_on DESC
        ),
        patient AS (
            SELECT profile.number AS profile, planned.state,
                   coalesce(nullif(judged.influenceable, ''), planned.influenceable, '')
                       AS influenceable
            FROM judged
            FULL JOIN planned USING (high_user_id)
            LEFT JOIN public.highusers_patientprofile profile
              ON profile.id = coalesce(judged.profile_id, planned.profile_id)
        ),
        hotspotter AS (
            SELECT count(evaluation.id) > 0 AS evaluated,
                   count(evaluation.id) FILTER (
                       WHERE evaluation.own_control <> '' AND evaluation.health <> ''
                         AND evaluation.collaboration <> '' AND evaluation.insight <> ''
                   ) > 0 AS on_all_aims
            FROM public.highusers_patientplan plan
            LEFT JOIN public.highusers_evaluation evaluation ON evaluation.plan_id = plan.id
            WHERE plan.hotspotter
            GROUP BY plan.high_user_id
        )
        SELECT 'said', profile, influenceable::text, count(*)
        FROM patient WHERE influenceable <> '' GROUP BY profile, influenceable
        UNION ALL
        SELECT 'planned', profile, '', count(*)
        FROM patient WHERE state IS NOT NULL GROUP BY profile
        UNION ALL
        SELECT 'state', NULL, state::text, count(*)
        FROM patient WHERE state IS NOT NULL GROUP BY state
        UNION ALL
        SELECT 'hotspotter', NULL, 'marked', count(*) FROM hotspotter
        UNION ALL
        SELECT 'hotspotter', NULL, 'evaluated', count(*) FROM hotspotter WHERE evaluated
        UNION ALL
        SELECT 'hotspotter', NULL, 'on_all_aims', count(*) FROM hotspotter WHERE on_all_aims
    $$;
    REVOKE EXECUTE ON FUNCTION highusers_team_counts FROM PUBLIC
    """,
    "DROP FUNCTION highusers_team_counts",
)
"""What teams said of their patients and did for them, for the region as a whole.

A patient counts once: by the latest judgement that says anything, else by the latest plan; the
state is that of the latest plan. `said`: patients of whom the team said whether their use is
influenceable, by that and by profile number (NULL: none). `planned`: those with a plan by profile.
`state`: those with a plan by its state. `hotspotter`: patients with a plan marked as such, those of
them with an evaluation, and with one that fills in all four aims.
"""

NO_ROWS_LEFT_BEHIND = migrations.RunSQL(
    """
    CREATE FUNCTION highusers_no_rows_left_behind() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM public.highusers_patienttotal total JOIN gone ON gone.id = total.extract_id
        ) THEN
            RAISE foreign_key_violation USING MESSAGE = 'the extract still has rows of patients';
        END IF;
        RETURN NULL;
    END
    $$;
    REVOKE EXECUTE ON FUNCTION highusers_no_rows_left_behind FROM PUBLIC;
    CREATE TRIGGER no_rows_left_behind AFTER DELETE ON highusers_extract
        REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION highusers_no_rows_left_behind()
    """,
    "DROP TRIGGER no_rows_left_behind ON highusers_extract;"
    "DROP FUNCTION highusers_no_rows_left_behind",
)
"""An extract goes only when its rows are gone.

It stands in for a foreign key, whose check of each row would be a seventh of the time of storing a
file. Rows come only in the transaction that stores their extract.
"""
