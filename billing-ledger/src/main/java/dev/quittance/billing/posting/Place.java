package dev.quittance.billing.posting;

import java.util.Comparator;

/** A row of balances, by what it is before it has an id. */
record Place(String account, int shard) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::account).thenComparingInt(Place::shard);

    /** Users' accounts have one shard: their floor is checked on one row. */
    static Place of(Posting posting, EntryLine line) {
        boolean house = line.account().userId() == null;
        return new Place(line.account().name(), house ? posting.cause().shard() : 0);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
