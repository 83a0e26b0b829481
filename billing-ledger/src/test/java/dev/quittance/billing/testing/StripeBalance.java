package dev.quittance.billing.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The double's balance: what moved, in pages of two, the newest last. */
public final class StripeBalance {
    private static final int PAGE = 2;
    private static final Pattern PARAMETER = Pattern.compile("(starting_after|payout)=([A-Za-z0-9_]+)");
    private static final List<Moved> MOVED = new CopyOnWriteArrayList<>();

    private StripeBalance() {}

    private record Moved(String account, String id, String payout, String json) {}

    /** Something moved, and is paid out by a payout, which is a movement too. */
    public static void move(String id, String type, String source, long amount, long fee, String payout) {
        move("", id, type, source, amount, fee, payout);
    }

    /** The same on a connected account, which has a balance of its own. */
    public static void move(
            String account, String id, String type, String source, long amount, long fee, String payout) {
        MOVED.add(new Moved(account, id, payout, """
                {"id":"%s","object":"balance_transaction","type":"%s","source":"%s","amount":%d,"fee":%d,"net":%d,
                 "currency":"eur","created":1760000100}""".formatted(id, type, source, amount, fee, amount - fee)));
    }

    /** Nothing has moved. */
    public static void empty() {
        MOVED.clear();
    }

    static String page(String account, String query) {
        String after = "";
        String payout = "";
        Matcher parameter = PARAMETER.matcher(query);
        while (parameter.find()) {
            if (parameter.group(1).equals("payout")) {
                payout = parameter.group(2);
            } else {
                after = parameter.group(2);
            }
        }
        List<Moved> wanted = new ArrayList<>();
        for (Moved moved : MOVED) {
            if (moved.account().equals(account)
                    && (payout.isEmpty() || moved.payout().equals(payout))) {
                wanted.add(moved);
            }
            if (moved.id().equals(after)) {
                wanted.clear();
            }
        }
        return "{\"object\":\"list\",\"url\":\"/v1/balance_transactions\",\"has_more\":" + (wanted.size() > PAGE)
                + ",\"data\":["
                + String.join(",", wanted.stream().limit(PAGE).map(Moved::json).toList()) + "]}";
    }
}
