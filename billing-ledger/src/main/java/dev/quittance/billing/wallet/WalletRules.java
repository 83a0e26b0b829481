package dev.quittance.billing.wallet;

import dev.quittance.billing.posting.EntryLine;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.wallet.Wallet.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Divides what is given and taken between what a user has and what they owe. */
final class WalletRules {
    private WalletRules() {}

    /** One posting a move, each on what the moves before it left. */
    static List<Posting> postings(List<WalletMove> moves, Map<Wallet, Standing> standings) {
        Map<Wallet, Standing> now = new HashMap<>(standings);
        List<Posting> postings = new ArrayList<>(moves.size());
        for (WalletMove move : moves) {
            Standing before = now.getOrDefault(move.wallet(), Standing.EMPTY);
            Standing after = after(before, move.amount());
            now.put(move.wallet(), after);
            postings.add(new Posting(
                    move.businessKey(), move.rule(), move.cause(), move.occurredAt(), lines(move, before, after)));
        }
        return postings;
    }

    static Standing after(Standing before, long amount) {
        long net = before.balance() - before.owed() + amount;
        return net >= 0 ? new Standing(net, 0) : new Standing(0, -net);
    }

    private static List<EntryLine> lines(WalletMove move, Standing before, Standing after) {
        List<EntryLine> lines = new ArrayList<>(3);
        lines.add(
                move.amount() > 0
                        ? EntryLine.debit(move.house(), move.amount())
                        : EntryLine.credit(move.house(), -move.amount()));
        add(lines, move.wallet().balance(), after.balance() - before.balance());
        add(lines, move.wallet().debt(), before.owed() - after.owed());
        return lines;
    }

    private static void add(List<EntryLine> lines, LedgerAccount account, long credit) {
        if (credit > 0) {
            lines.add(EntryLine.credit(account, credit));
        } else if (credit < 0) {
            lines.add(EntryLine.debit(account, -credit));
        }
    }
}
