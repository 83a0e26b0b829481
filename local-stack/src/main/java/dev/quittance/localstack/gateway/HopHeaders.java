package dev.quittance.localstack.gateway;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Copies headers from one hop to the next, leaving out those that are between two neighbours only (RFC 9110, 7.6.1 and 10.1.1). */
final class HopHeaders {
    private static final Set<String> OF_ONE_HOP = Set.of(
            "connection",
            "expect",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** What the gateway says of the client itself; a client that says it is not believed. */
    private static final Set<String> OF_THE_GATEWAY =
            Set.of("host", "forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip");

    private HopHeaders() {}

    static void copyRequest(MultiMap from, MultiMap to) {
        copy(from, to, OF_THE_GATEWAY);
    }

    static void copyResponse(MultiMap from, MultiMap to) {
        copy(from, to, Set.of());
    }

    private static void copy(MultiMap from, MultiMap to, Set<String> without) {
        Set<String> named = new HashSet<>();
        for (String connection : from.getAll("Connection")) {
            for (String name : connection.split(",", -1)) {
                named.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_ONE_HOP.contains(name) && !named.contains(name) && !without.contains(name)) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }
}
