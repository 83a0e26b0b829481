package dev.quittance.provisioning.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What must hold of every table, view and policy, whoever adds one: questions to Postgres's catalogue that find nothing. */
class RowSecurityCatalogueIT {
    private static final TestDatabase DATABASE = TestParts.database(Slice.VOUCHER);

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a table that a frontend reaches and that does not force row security
                """
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and n.nspname in ('auth', 'ingest', 'provisioning', 'billing', 'voucher')
                  and not (c.relrowsecurity and c.relforcerowsecurity) and c.relname not in ('credit_plans', 'packages')
                  and (has_any_column_privilege('anon', c.oid, 'select, insert, update')
                       or has_any_column_privilege('authenticated', c.oid, 'select, insert, update')
                       or has_any_column_privilege('service_role', c.oid, 'select, insert, update'))
                """,
                // a policy that lets write without checking what is written
                """
                select schemaname || '.' || tablename || ' ' || policyname from pg_policies
                where cmd in ('INSERT', 'UPDATE', 'ALL') and with_check is null
                """,
                // a write of users that is not held to their own rows
                """
                select schemaname || '.' || tablename || ' ' || policyname from pg_policies
                where cmd in ('INSERT', 'UPDATE', 'ALL') and (roles && '{authenticated,anon,public}'::name[])
                  and coalesce(with_check, '') not like '%auth.uid()%'
                """,
                // a view in public that shows what its owner sees
                """
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'v' and n.nspname = 'public'
                  and coalesce(array_to_string(c.reloptions, ','), '') not like '%security_invoker=true%'
                """,
                // something that somebody who is not signed in may write
                """
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v') and n.nspname in ('auth', 'ingest', 'provisioning', 'billing', 'voucher', 'public')
                  and (has_any_column_privilege('anon', c.oid, 'insert, update') or has_table_privilege('anon', c.oid, 'delete, truncate'))
                """,
                // a function of an owner's rights whose search path a caller could choose, or that everybody may call
                """
                select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where p.prosecdef and n.nspname in ('auth', 'ingest', 'provisioning', 'billing', 'voucher', 'public')
                  and (coalesce(array_to_string(p.proconfig, ','), '') not like '%search_path=%'
                       or has_function_privilege('anon', p.oid, 'execute'))
                """
            })
    void theCatalogueHoldsNone(String question) throws SQLException {
        assertThat(rows(question)).isEmpty();
    }

    private static List<String> rows(String query) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(DATABASE.jdbcUrl(DATABASE.superuser()));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
