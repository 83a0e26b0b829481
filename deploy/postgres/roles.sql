-- The roles and schemas that must stand before the first migration. Run it as a superuser (or as the owner of the
-- database with CREATEROLE) in the database itself; it may run again at any time. Passwords are given elsewhere:
--   ALTER ROLE <slice>_service PASSWORD '...';

-- Per slice: an owner that nobody logs in with, for migrations, and the login of the service.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY[
        'ingest_owner', 'provisioning_owner', 'billing_owner', 'voucher_owner',
        'anon', 'authenticated', 'service_role']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        END IF;
    END LOOP;
    FOREACH role_name IN ARRAY ARRAY[
        'ingest_service', 'provisioning_service', 'billing_service', 'voucher_service']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role_name);
        END IF;
    END LOOP;
END
$$;

-- A service's unqualified names are its own slice's.
ALTER ROLE ingest_service SET search_path = ingest, pg_temp;
ALTER ROLE provisioning_service SET search_path = provisioning, pg_temp;
ALTER ROLE billing_service SET search_path = billing, pg_temp;
ALTER ROLE voucher_service SET search_path = voucher, pg_temp;

-- Whoever runs the migrations becomes the owner by SET ROLE; a superuser may anyway.
DO $$
BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format(
            'GRANT ingest_owner, provisioning_owner, billing_owner, voucher_owner TO %I WITH INHERIT TRUE, SET TRUE',
            current_user);
    END IF;
END
$$;

CREATE SCHEMA IF NOT EXISTS ingest AUTHORIZATION ingest_owner;
CREATE SCHEMA IF NOT EXISTS provisioning AUTHORIZATION provisioning_owner;
CREATE SCHEMA IF NOT EXISTS billing AUTHORIZATION billing_owner;
CREATE SCHEMA IF NOT EXISTS voucher AUTHORIZATION voucher_owner;
-- On Supabase it exists already and is left as it is.
CREATE SCHEMA IF NOT EXISTS auth AUTHORIZATION provisioning_owner;
-- Row-level security of every slice asks auth.uid().
GRANT USAGE ON SCHEMA auth TO billing_owner, voucher_owner;

GRANT USAGE ON SCHEMA ingest TO ingest_service;
GRANT USAGE ON SCHEMA provisioning TO provisioning_service;
GRANT USAGE ON SCHEMA billing TO billing_service;
GRANT USAGE ON SCHEMA voucher TO voucher_service;

-- Keys reach upstream only; which columns, the upstream slice's own migrations say.
GRANT USAGE ON SCHEMA provisioning TO billing_owner, billing_service, voucher_owner, voucher_service;
GRANT USAGE ON SCHEMA billing TO voucher_owner, voucher_service;

-- The views and functions that a frontend finds are made in public by the slice that owns the data.
GRANT USAGE, CREATE ON SCHEMA public TO ingest_owner, provisioning_owner, billing_owner, voucher_owner;
GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;
