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
