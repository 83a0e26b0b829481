-- Takes Quittance out of a database again: its slices, its views in public, its triggers and functions on auth, and what its
-- roles were granted. What was there before stays as it was; auth.users stays in any case. Run it as a superuser (or as the
-- owner of the database) in one transaction, after the services were stopped:
--   psql -v ON_ERROR_STOP=1 -1 -f move-out.sql

-- Triggers on auth.users go with their functions, views in public with the tables that they show.
DROP SCHEMA IF EXISTS voucher, billing, provisioning, ingest CASCADE;

-- Where auth.users was made by Quittance it holds people's sign-ins: it goes to whoever runs this.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('auth.users') AND relowner = to_regrole('provisioning_owner')) THEN
        EXECUTE format('ALTER TABLE auth.users OWNER TO %I', current_user);
    END IF;
    IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'auth' AND nspowner = to_regrole('provisioning_owner')) THEN
        EXECUTE format('ALTER SCHEMA auth OWNER TO %I', current_user);
    END IF;
END
$$;

-- What is left of the roles in this database: functions in auth, grants, and their names in policies.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY[
        'voucher_service', 'voucher_owner', 'billing_service', 'billing_owner',
        'provisioning_service', 'provisioning_owner', 'ingest_service', 'ingest_owner']
    LOOP
        IF to_regrole(role_name) IS NOT NULL THEN
            EXECUTE format('DROP OWNED BY %I', role_name);
        END IF;
    END LOOP;
END
$$;
