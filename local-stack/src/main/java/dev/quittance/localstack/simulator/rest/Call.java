package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One request to the REST API.
 *
 * @param id the id in the path; empty where the path has none
 */
public record Call(String method, String path, String id, Params params, Cause cause) {
    /** Why an event happened: the request that its {@code request} field names; all null when nobody asked over the API. */
    public record Cause(
            @Nullable String requestId, @Nullable String idempotencyKey) {
        public static final Cause NOBODY = new Cause(null, null);
    }

    /** What answers a call; throws {@link StripeFailure} to refuse it. */
    @FunctionalInterface
    public interface Endpoint {
        ObjectNode answer(Call call);
    }
}
