-- Empties the four slices of a database whose migrations have run, so that a backup of their rows can be read back into it. What
-- append-only tables refuse to everybody is possible here because no trigger fires, for the rows that follow neither. Run it as a
-- superuser, in one transaction with the backup:
--   cat empty.sql quittance.sql | psql -v ON_ERROR_STOP=1 -1
SET LOCAL session_replication_role = replica;

DO $$
DECLARE
    tables text;
BEGIN
    SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') INTO STRICT tables
    FROM pg_tables
    WHERE schemaname IN ('ingest', 'provisioning', 'billing', 'voucher') AND tablename <> 'flyway_schema_history';
    EXECUTE 'TRUNCATE ' || tables;
END
$$;
