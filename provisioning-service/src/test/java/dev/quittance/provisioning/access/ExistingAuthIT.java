package dev.quittance.provisioning.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.database.Migrations;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Where auth.users belongs to somebody else, as on Supabase, the migrations work with it and leave it as it is. */
class ExistingAuthIT {
    private static final String OTHERS_AUTH = """
            do $$ begin
              if not exists (select from pg_roles where rolname = 'supabase_auth_admin') then
                create role supabase_auth_admin nologin;
              end if;
            end $$;
            drop schema if exists auth cascade;
            create schema auth authorization supabase_auth_admin;
            create table auth.users (
              instance_id uuid, id uuid primary key, aud varchar(255), role varchar(255), email varchar(255),
              encrypted_password varchar(255), email_confirmed_at timestamptz, last_sign_in_at timestamptz,
              raw_app_meta_data jsonb, raw_user_meta_data jsonb, created_at timestamptz, updated_at timestamptz,
              confirmation_token varchar(255), recovery_token varchar(255), email_change_token_new varchar(255),
              email_change varchar(255), is_sso_user boolean not null default false, deleted_at timestamptz);
            alter table auth.users owner to supabase_auth_admin;
            alter table auth.users enable row level security;
            create function auth.uid() returns uuid language sql stable as 'select null::uuid';
            create function auth.role() returns text language sql stable as 'select null::text';
            create table public.users (id uuid primary key, nickname text);
            create function public.handle_new_user() returns trigger language plpgsql security definer as $$
              begin insert into public.users (id) values (new.id); return new; end $$;
            create trigger on_auth_user_created after insert on auth.users
              for each row execute function public.handle_new_user();
            insert into auth.users (id, email) values ('00000000-0000-4000-8000-000000000001', 'first@example.com');
            grant usage on schema auth to provisioning_owner, provisioning_service;
            grant select, insert, update, delete, references, trigger on auth.users to provisioning_owner;
            grant select, insert, update on auth.users to provisioning_service;
            create policy quittance on auth.users to provisioning_owner, provisioning_service
              using (true) with check (true);
            """;

    @Test
    void whatIsThereIsLeftAndFollowed() throws SQLException {
        // Given
        TestDatabase database = TestParts.database();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.jdbcUrl(database.superuser()));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(OTHERS_AUTH);

            // When
            new Migrations(Checkout.find())
                    .run(database.jdbcUrl(database.superuser()), database.superuser(), List.of(Slice.PROVISIONING));
            statement.execute("set role provisioning_service");
            statement.execute("insert into auth.users (id, email)"
                    + " values ('00000000-0000-4000-8000-000000000002', 'second@example.com')");
            statement.execute("reset role");

            // Then
            assertThat(one(statement, "select tableowner from pg_tables where schemaname = 'auth'"))
                    .isEqualTo("supabase_auth_admin");
            assertThat(one(
                            statement,
                            "select string_agg(tgname, ',' order by tgname) from pg_trigger"
                                    + " where tgrelid = 'auth.users'::regclass and not tgisinternal"))
                    .isEqualTo("on_auth_user_created,quittance_on_auth_user_created,quittance_on_auth_user_updated");
            assertThat(one(statement, "select string_agg(email, ',' order by email) from provisioning.users"))
                    .isEqualTo("first@example.com,second@example.com");
            assertThat(one(statement, "select count(*) from public.users where nickname is null"))
                    .isEqualTo("2");
            assertThat(one(statement, "select to_regclass('public.accounts') is not null"))
                    .isEqualTo("t");
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
