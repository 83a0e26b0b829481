package dev.quittance.billing.posting;

import java.util.Map;

/** The ids of accounts that were found in a transaction, and are valid only in it. */
public final class Accounts {
    static final Accounts NONE = new Accounts(Map.of());

    private final Map<Place, Long> ids;

    Accounts(Map<Place, Long> ids) {
        this.ids = Map.copyOf(ids);
    }

    Map<Place, Long> ids() {
        return ids;
    }
}
