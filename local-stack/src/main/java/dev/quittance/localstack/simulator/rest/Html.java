package dev.quittance.localstack.simulator.rest;

import dev.quittance.contracts.money.Money;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What the simulator's pages share: nothing that came from outside is markup, and no page runs scripts. */
public final class Html {
    private Html() {}

    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    public static String money(long amountMinor, String currency) {
        return new Money(amountMinor, currency.toUpperCase(Locale.ROOT)).toString();
    }

    public static void send(RoutingContext context, int status, String page) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .putHeader("Cache-Control", "no-store")
                .end(page);
    }
}
