package dev.quittance.billing.posting;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** The accounts by name, made when somebody posts to them first. */
@ApplicationScoped
class AccountStore {
    private static final String FIND = """
            select a.account_id, a.name, b.shard
            from unnest($1::text[], $2::int[]) as w(name, shard)
            join billing.ledger_accounts a on a.name = w.name
            join billing.balances b on b.account_id = a.account_id and b.shard = w.shard
            """;

    private static final String CREATE_ACCOUNTS = """
            insert into billing.ledger_accounts (name, kind, unit, user_id)
            select distinct on (name) w.* from unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) as w(name, kind, unit, user_id)
            where not exists (select from billing.ledger_accounts a where a.name = w.name)
            order by name
            on conflict (name) do nothing
            """;

    private static final String CREATE_BALANCES = """
            insert into billing.balances (account_id, shard, floored, ceiled)
            select a.account_id, w.shard, a.kind = 'user', a.kind = 'receivable'
            from unnest($1::text[], $2::int[]) as w(name, shard)
            join billing.ledger_accounts a on a.name = w.name
            where not exists (select from billing.balances b where b.account_id = a.account_id and b.shard = w.shard)
            order by a.account_id, w.shard
            on conflict (account_id, shard) do nothing
            """;

    AccountStore() {}

    /** What is there already of the places that the postings touch. */
    Uni<Accounts> find(SqlConnection transaction, Collection<Posting> postings) {
        SortedSet<Place> places = new TreeSet<>();
        postings.forEach(posting -> posting.lines().forEach(line -> places.add(Place.of(posting, line))));
        return places.isEmpty()
                ? Uni.createFrom().item(Accounts.NONE)
                : find(transaction, places).map(Accounts::new);
    }

    /** The ids of every place that the postings touch, made where they are not there. */
    Uni<Map<Place, Long>> ids(SqlConnection transaction, Collection<Posting> postings, Accounts known) {
        Map<String, LedgerAccount> accounts = new HashMap<>();
        SortedSet<Place> unknown = new TreeSet<>();
        for (Posting posting : postings) {
            for (EntryLine line : posting.lines()) {
                Place place = Place.of(posting, line);
                if (!known.ids().containsKey(place)) {
                    accounts.put(line.account().name(), line.account());
                    unknown.add(place);
                }
            }
        }
        if (unknown.isEmpty()) {
            return Uni.createFrom().item(known.ids());
        }
        return find(transaction, unknown)
                .chain(found -> found.size() == unknown.size()
                        ? Uni.createFrom().item(found)
                        : create(transaction, accounts.values(), unknown).chain(() -> find(transaction, unknown)))
                .map(found -> {
                    Map<Place, Long> ids = new HashMap<>(known.ids());
                    ids.putAll(found);
                    return ids;
                });
    }

    /** Makes accounts that are not there. */
    Uni<Void> open(SqlConnection transaction, Collection<LedgerAccount> accounts) {
        SortedSet<Place> places = new TreeSet<>();
        accounts.forEach(account -> places.add(new Place(account.name(), 0)));
        return create(transaction, accounts, places);
    }

    private static Uni<Map<Place, Long>> find(SqlConnection transaction, SortedSet<Place> places) {
        return transaction.preparedQuery(FIND).execute(parameters(places)).map(rows -> {
            Map<Place, Long> ids = new HashMap<>();
            rows.forEach(row ->
                    ids.put(new Place(row.getString("name"), row.getInteger("shard")), row.getLong("account_id")));
            return ids;
        });
    }

    private static Uni<Void> create(SqlConnection transaction, Collection<LedgerAccount> all, SortedSet<Place> places) {
        List<LedgerAccount> accounts = List.copyOf(all);
        Tuple columns = Tuple.tuple()
                .addArrayOfString(accounts.stream().map(LedgerAccount::name).toArray(String[]::new))
                .addArrayOfString(
                        accounts.stream().map(account -> account.kind().token()).toArray(String[]::new))
                .addArrayOfString(accounts.stream().map(LedgerAccount::unit).toArray(String[]::new))
                .addArrayOfUUID(accounts.stream().map(LedgerAccount::userId).toArray(UUID[]::new));
        return transaction
                .preparedQuery(CREATE_ACCOUNTS)
                .execute(columns)
                .chain(() -> transaction.preparedQuery(CREATE_BALANCES).execute(parameters(places)))
                .replaceWithVoid();
    }

    private static Tuple parameters(SortedSet<Place> places) {
        return Tuple.tuple()
                .addArrayOfString(places.stream().map(Place::account).toArray(String[]::new))
                .addArrayOfInteger(places.stream().map(Place::shard).toArray(Integer[]::new));
    }
}
