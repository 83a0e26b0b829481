package dev.quittance.provisioning.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quittance.localstack.database.Migrations;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** An application moves in as docs/moving-in.md says, lives here, and moves out: nothing of its own is another then. */
class MovingInIT {
    private static final String THEIRS = """
            drop schema if exists auth, ingest, provisioning, billing, voucher cascade;
            revoke all on schema public from provisioning_owner, billing_owner, voucher_owner, ingest_owner;
            do $$ begin
              if not exists (select from pg_roles where rolname = 'their_auth_admin') then
                create role their_auth_admin nologin;
              end if;
            end $$;
            create schema auth authorization their_auth_admin;
            create table auth.users (
              instance_id uuid, id uuid primary key, aud varchar(255), role varchar(255), email varchar(255),
              encrypted_password varchar(255), email_confirmed_at timestamptz, last_sign_in_at timestamptz,
              raw_app_meta_data jsonb, raw_user_meta_data jsonb, created_at timestamptz, updated_at timestamptz,
              confirmation_token varchar(255), recovery_token varchar(255), email_change_token_new varchar(255),
              email_change varchar(255), is_sso_user boolean not null default false, deleted_at timestamptz);
            alter table auth.users owner to their_auth_admin;
            alter table auth.users enable row level security;
            create function auth.uid() returns uuid language sql stable as 'select null::uuid';
            create function auth.role() returns text language sql stable as 'select null::text';
            create table public.profiles (id uuid primary key references auth.users (id), full_name text, avatar_url text);
            create table public.customers (id uuid primary key references auth.users (id), stripe_customer_id text);
            create function public.handle_new_user() returns trigger language plpgsql security definer as $$
              begin insert into public.profiles (id) values (new.id); return new; end $$;
            create trigger on_auth_user_created after insert on auth.users
              for each row execute function public.handle_new_user();
            insert into auth.users (id, email, encrypted_password, email_confirmed_at) values
              ('00000000-0000-4000-8000-000000000001', 'first@example.com', 'a hash', '2025-01-01'),
              ('00000000-0000-4000-8000-000000000002', 'second@example.com', 'another', null);
            update public.profiles set full_name = 'First' where id = '00000000-0000-4000-8000-000000000001';
            insert into public.customers values ('00000000-0000-4000-8000-000000000001', 'cus_first');
            """;

    private static final String AS_THE_PAGE_SAYS = """
            grant usage on schema auth to provisioning_owner, provisioning_service;
            grant select, insert, update, delete, references, trigger on auth.users to provisioning_owner;
            grant select, insert, update on auth.users to provisioning_service;
            create policy quittance on auth.users to provisioning_owner, provisioning_service using (true) with check (true);
            """;

    /** What the services write when somebody buys. */
    private static final String PURCHASED = """
            insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence, customer_email) values
              ('00000000-0000-4000-8000-000000000001', 'cus_first', 'customer', 'first@example.com');
            insert into provisioning.accounts (user_id, account_number, expiry) values
              ('00000000-0000-4000-8000-000000000001', '4242424242424242', '2030-01-01');
            insert into provisioning.account_extensions
              (business_key, account_number, user_id, voucher_id, months, days, new_expiry, cause_event_id)
            values ('expiry:first', '4242424242424242', '00000000-0000-4000-8000-000000000001', gen_random_uuid(), 1, 0,
              '2030-01-01', 'evt_1');
            insert into provisioning.customer_audit (stripe_account, subject, action, user_id, event_id) values
              ('', 'cus_first', 'linked', '00000000-0000-4000-8000-000000000001', 'evt_1');
            """;

    private static final List<String> THEIR_OWN = List.of(
            "select md5(string_agg(u::text, ',' order by id)) from auth.users u",
            "select md5(string_agg(p::text, ',' order by id)) from public.profiles p",
            "select md5(string_agg(c::text, ',' order by id)) from public.customers c",
            "select nspname from pg_namespace where nspname !~ '^pg_' order by 1",
            """
            select concat_ws(' ', n.nspname, c.relname, c.relkind, pg_get_userbyid(c.relowner), coalesce(c.relacl, acldefault('r', c.relowner)),
              c.relrowsecurity,
              c.relforcerowsecurity)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('auth', 'public') order by 1
            """,
            "select concat_ws(' ', tgname, tgrelid::regclass, tgenabled) from pg_trigger where not tgisinternal order by 1",
            "select concat_ws(' ', p.oid::regprocedure, md5(prosrc), coalesce(proacl, acldefault('f', proowner))) from pg_proc p"
                    + " join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('auth', 'public') order by 1",
            "select concat_ws(' ', schemaname, tablename, policyname, roles) from pg_policies order by 1",
            "select coalesce(nspacl, acldefault('n', nspowner))::text from pg_namespace where nspname = 'auth'",
            "select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where connamespace in"
                    + " (select oid from pg_namespace where nspname in ('auth', 'public')) order by 1");

    @Test
    void nothingOfTheirsIsTouched() throws SQLException, IOException {
        // Given
        TestDatabase database = TestParts.database();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.jdbcUrl(database.superuser()));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(THEIRS);
            List<String> before = theirs(statement);

            // When
            Migrations migrations = new Migrations(Checkout.find());
            migrations.run(database.jdbcUrl(database.superuser()), database.superuser(), List.of());
            statement.execute(AS_THE_PAGE_SAYS);
            migrations.run(database.jdbcUrl(database.superuser()), database.superuser(), List.of(Slice.values()));
            List<String> lived = live(statement);
            statement.execute(Files.readString(Checkout.find().root().resolve("deploy/postgres/move-out.sql")));

            // Then
            assertThat(lived)
                    .containsExactly("first@example.com First", "second@example.com ", "2", "their customers stay");
            assertThat(theirs(statement)).isEqualTo(before);
        }
    }

    @Test
    void ofADatabaseThatWasEmptyOnlyThePeopleStay() throws SQLException, IOException {
        // Given
        TestDatabase database = TestParts.database(Slice.VOUCHER);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.jdbcUrl(database.superuser()));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into auth.users (id, email) values (gen_random_uuid(), 'ann@example.com')");

            // When
            statement.execute(Files.readString(Checkout.find().root().resolve("deploy/postgres/move-out.sql")));

            // Then
            assertThat(rows(statement, "select email from auth.users")).containsExactly("ann@example.com");
            assertThat(rows(
                            statement,
                            "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                    + " where n.nspname = 'public'"))
                    .isEmpty();
            assertThat(rows(statement, "select tgname from pg_trigger where not tgisinternal"))
                    .isEmpty();
        }
    }

    @Test
    void whatWasBackedUpIsThereAgainAfterMovingOutAndIn() throws SQLException, IOException {
        // Given
        TestDatabase database = TestParts.database();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.jdbcUrl(database.superuser()));
        Migrations migrations = new Migrations(Checkout.find());
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(THEIRS);
            moveIn(migrations, database, statement);
            live(statement);
            statement.execute(PURCHASED);
            List<String> before = theirs(statement);
            SliceBackup backup = SliceBackup.take(connection);

            // When
            statement.execute(deployed("move-out.sql"));
            List<String> outside = theirs(statement);
            moveIn(migrations, database, statement);
            connection.setAutoCommit(false);
            statement.execute(deployed("empty.sql"));
            backup.restore(connection);
            connection.commit();
            connection.setAutoCommit(true);

            // Then
            assertThat(outside).isNotEqualTo(before);
            assertThat(theirs(statement)).isEqualTo(before);
            assertThat(SliceBackup.take(connection)).isEqualTo(backup);
            assertThat(rows(
                            statement,
                            "select a.account_number || ' ' || u.full_name from provisioning.accounts a"
                                    + " join provisioning.users u on u.id = a.user_id"))
                    .containsExactly("4242424242424242 First");
            assertThat(rows(statement, """
                    insert into provisioning.customer_audit (stripe_account, subject, action, event_id)
                    values ('', 'cus_first', 'linked', 'evt_after') returning (id > 1)::text
                    """)).as("numbers go on").containsExactly("true");
            assertThatThrownBy(() -> statement.execute("delete from provisioning.account_extensions"))
                    .as("triggers fire again")
                    .isInstanceOf(SQLException.class);
        }
    }

    private static void moveIn(Migrations migrations, TestDatabase database, Statement statement) throws SQLException {
        String url = database.jdbcUrl(database.superuser());
        migrations.run(url, database.superuser(), List.of());
        statement.execute(AS_THE_PAGE_SAYS);
        migrations.run(url, database.superuser(), List.of(Slice.values()));
    }

    private static String deployed(String script) throws IOException {
        return Files.readString(Checkout.find().root().resolve("deploy/postgres/" + script));
    }

    /** Some weeks of both living side by side. */
    private static List<String> live(Statement statement) throws SQLException {
        statement.execute("insert into provisioning.import_profiles (user_id, full_name, avatar_url)"
                + " select id, full_name, avatar_url from public.profiles on conflict do nothing");
        statement.execute("insert into provisioning.import_links (stripe_customer_id, user_id)"
                + " select stripe_customer_id, id from public.customers where stripe_customer_id is not null");
        statement.execute("update provisioning.users u set full_name = i.full_name from provisioning.import_profiles i"
                + " where i.user_id = u.id and i.full_name is not null");
        List<String> lived = new ArrayList<>(rows(
                statement, "select email || ' ' || coalesce(full_name, '') from provisioning.users order by email"));
        lived.addAll(
                rows(
                        statement,
                        "select count(*)::text from pg_trigger where tgrelid = 'auth.users'::regclass and tgname like 'quittance%'"));
        lived.addAll(rows(
                statement,
                "select case when relkind = 'r' then 'their customers stay' end from pg_class"
                        + " where oid = 'public.customers'::regclass"));
        return lived;
    }

    private static List<String> theirs(Statement statement) throws SQLException {
        List<String> theirs = new ArrayList<>();
        for (String query : THEIR_OWN) {
            theirs.addAll(rows(statement, query));
        }
        return theirs;
    }

    private static List<String> rows(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(String.valueOf(found.getString(1)));
            }
            return rows;
        }
    }
}
