package dev.quittance.provisioning.access;

import dev.quittance.provisioning.customer.CardPrint;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who pays by the same card, as far as trials hang on it. */
public final class CardStore {
    private static final String INSERT = """
            insert into provisioning.card_prints (stripe_account, stripe_customer_id, print)
            select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing
            """;

    // Of the customers that brought cards, and of the accounts that changed: whoever tried something with one of their
    // cards.
    private static final String FIND_TOUCHED = """
            with meant as (
              select q.stripe_account, q.stripe_customer_id, 'customer:' || q.stripe_customer_id as because
              from unnest($1::text[], $2::text[]) as q (stripe_account, stripe_customer_id)
              union all
              select c.stripe_account, c.stripe_customer_id, a.account_number
              from provisioning.accounts a join provisioning.stripe_customers c on c.user_id = a.user_id
              where a.account_number = any ($3))
            select distinct on (b.account_number) b.account_number, m.because
            from meant m
            join provisioning.card_prints p using (stripe_account, stripe_customer_id)
            join provisioning.card_prints o on o.stripe_account = p.stripe_account and o.print = p.print
            join provisioning.stripe_customers l
              on l.stripe_account = o.stripe_account and l.stripe_customer_id = o.stripe_customer_id
            join provisioning.accounts b on b.user_id = l.user_id
            where exists (select from provisioning.subscriptions s
                          where s.user_id = b.user_id and (s.trial_start is not null or s.trial_end is not null))
            order by b.account_number, m.because
            """;

    private static final String COUNT_EARLIER = """
            select s.id, count(distinct o.id) as earlier
            from provisioning.accounts a
            join provisioning.subscriptions s on s.user_id = a.user_id
              and (s.trial_start is not null or s.trial_end is not null)
            join provisioning.stripe_customers c on c.user_id = a.user_id
            join provisioning.card_prints p
              on p.stripe_account = c.stripe_account and p.stripe_customer_id = c.stripe_customer_id
            join provisioning.card_prints q on q.stripe_account = p.stripe_account and q.print = p.print
            join provisioning.stripe_customers d
              on d.stripe_account = q.stripe_account and d.stripe_customer_id = q.stripe_customer_id and d.user_id <> a.user_id
            join provisioning.subscriptions o on o.user_id = d.user_id
              and (coalesce(o.trial_start, o.trial_end), o.id) < (coalesce(s.trial_start, s.trial_end), s.id)
            where a.account_number = any ($1)
            group by s.id
            """;

    public Uni<Void> insert(SqlConnection transaction, Collection<CardPrint> prints) {
        return prints.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(INSERT)
                        .execute(customers(prints)
                                .addArrayOfString(
                                        prints.stream().map(CardPrint::print).toArray(String[]::new)))
                        .replaceWithVoid();
    }

    /** The accounts whose trials these may change, each with the customer or the account by which. */
    public Uni<Map<String, String>> touched(
            SqlConnection transaction, Collection<CardPrint> prints, Set<String> accounts) {
        return transaction
                .preparedQuery(FIND_TOUCHED)
                .execute(customers(prints).addArrayOfString(accounts.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, String> touched = new HashMap<>();
                    rows.forEach(row -> touched.put(row.getString("account_number"), row.getString("because")));
                    return touched;
                });
    }

    /** Of each subscription with a trial: how many trials of other users with the same card began before. */
    Uni<Map<String, Long>> earlier(SqlConnection connection, Set<String> accounts) {
        return connection
                .preparedQuery(COUNT_EARLIER)
                .execute(Tuple.tuple().addArrayOfString(accounts.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Long> earlier = new HashMap<>();
                    rows.forEach(row -> earlier.put(row.getString("id"), row.getLong("earlier")));
                    return earlier;
                });
    }

    private static Tuple customers(Collection<CardPrint> prints) {
        List<String> accounts = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        prints.forEach(print -> {
            accounts.add(print.customer().stripeAccount());
            ids.add(print.customer().customerId());
        });
        return Tuple.tuple()
                .addArrayOfString(accounts.toArray(String[]::new))
                .addArrayOfString(ids.toArray(String[]::new));
    }
}
