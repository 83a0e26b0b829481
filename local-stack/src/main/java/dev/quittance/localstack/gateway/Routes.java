package dev.quittance.localstack.gateway;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which service owns which path: the HTTP table of the design, longest prefix first. */
final class Routes {
    static final String INGEST = "ingest";
    static final String PROVISIONING = "provisioning";
    static final String BILLING = "billing";
    static final String VOUCHER = "voucher";

    private static final List<Route> TABLE = List.of(
                    new Route("/api/webhooks", INGEST),
                    new Route("/api/admin/events", INGEST),
                    new Route("/api/admin/dead-letters", INGEST),
                    new Route("/api/admin/reconciliations", INGEST),
                    new Route("/api/admin/backfills", INGEST),
                    new Route("/api/admin/endpoint-checks", INGEST),
                    new Route("/api/admin/deadline", INGEST),
                    new Route("/api/account", PROVISIONING),
                    new Route("/api/subscriptions", PROVISIONING),
                    new Route("/api/plans", PROVISIONING),
                    new Route("/api/stream", PROVISIONING),
                    new Route("/api/admin/customers", PROVISIONING),
                    new Route("/api/admin/subscriptions", PROVISIONING),
                    new Route("/api/checkout", BILLING),
                    new Route("/api/cart", BILLING),
                    new Route("/api/products", BILLING),
                    new Route("/api/orders", BILLING),
                    new Route("/api/balances", BILLING),
                    new Route("/api/credits", BILLING),
                    new Route("/api/points", BILLING),
                    new Route("/api/statements", BILLING),
                    new Route("/api/admin/ledger", BILLING),
                    new Route("/api/admin/orders", BILLING),
                    new Route("/api/admin/products", BILLING),
                    new Route("/api/admin/refunds", BILLING),
                    new Route("/api/vouchers", VOUCHER),
                    new Route("/api/admin/vouchers", VOUCHER))
            .stream()
            .sorted(Comparator.comparingInt((Route route) -> route.prefix().length())
                    .reversed())
            .toList();

    private record Route(String prefix, String service) {
        /** Whole segments only: {@code /api/accounting} is not below {@code /api/account}. */
        boolean owns(String path) {
            return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }
    }

    private Routes() {}

    static Optional<String> ownerOf(String path) {
        return TABLE.stream().filter(route -> route.owns(path)).findFirst().map(Route::service);
    }
}
