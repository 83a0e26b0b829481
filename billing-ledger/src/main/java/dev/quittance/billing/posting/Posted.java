package dev.quittance.billing.posting;

import java.util.List;
import java.util.Map;

/**
 * What a batch of postings came to; what was booked before is not in it.
 *
 * @param entries how many entries each rule made
 * @param balances the users' balances that are others now, each once
 */
public record Posted(Map<String, Long> entries, List<BalanceMoved> balances) {
    static final Posted NOTHING = new Posted(Map.of(), List.of());

    public Posted {
        entries = Map.copyOf(entries);
        balances = List.copyOf(balances);
    }
}
