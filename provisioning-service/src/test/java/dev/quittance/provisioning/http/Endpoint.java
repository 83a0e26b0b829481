package dev.quittance.provisioning.http;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint, and what is sent to it that it must refuse.
 *
 * @param hasBody whether it takes a JSON object
 */
record Endpoint(String method, String template, Who who, boolean hasBody, List<Bad> bad) {
    private static final String NOBODY = "00000000-0000-4000-8000-00000000dead";
    private static final String LONG = "x".repeat(1_001);
    private static final String ORGANISATIONS = "/api/admin/customers/organisations";
    private static final String MEMBER = ORGANISATIONS + "/{id}/members/{user}";
    private static final String OWNED = ORGANISATIONS + "/{id}/customers/{customer}";
    private static final String MISMATCH = "/api/admin/customers/mismatches/{id}";

    enum Who {
        USER,
        OPERATOR
    }

    /**
     * Something bad.
     *
     * @param path behind the root, with a query perhaps
     */
    record Bad(String path, @Nullable String body, int status, String code) {}

    /** All there are; a test compares them with the code. */
    static final List<Endpoint> ALL = List.of(
            user("GET", "/api/account").refuses("/api/account", 404, "ACCOUNT_NOT_FOUND"),
            user("PATCH", "/api/account")
                    .taking("{\"markedInactive\": 1}", 400, "FIELD_INVALID")
                    .taking("{\"markedInactive\": \"true\"}", 400, "FIELD_INVALID")
                    .taking("{\"expiry\": \"2099-01-01T00:00:00Z\"}", 400, "FIELD_UNKNOWN")
                    .taking("{\"markedInactive\": true}", 404, "ACCOUNT_NOT_FOUND"),
            user("POST", "/api/account/claims")
                    .taking("{}", 400, "FIELD_INVALID")
                    .taking("{\"token\": 5}", 400, "FIELD_INVALID")
                    .taking("{\"token\": \"" + LONG + "\"}", 400, "FIELD_INVALID")
                    .taking("{\"token\": \"" + "A".repeat(43) + "\"}", 404, "CLAIM_UNKNOWN"),
            user("POST", "/api/account/customer").refuses("/api/account/customer", 401, "SUBJECT_UNKNOWN"),
            user("GET", "/api/account/devices"),
            user("POST", "/api/account/devices")
                    .taking("{}", 400, "FIELD_INVALID")
                    .taking("{\"name\": [\"Phone\"]}", 400, "FIELD_INVALID")
                    .taking("{\"name\": \"" + "x".repeat(101) + "\"}", 400, "FIELD_INVALID")
                    .taking("{\"name\": \"a\\u0000b\"}", 400, "FIELD_INVALID")
                    .taking("{\"name\": \"Phone\"}", 404, "ACCOUNT_NOT_FOUND"),
            user("DELETE", "/api/account/devices/{id}")
                    .refuses("/api/account/devices/" + NOBODY, 404, "DEVICE_NOT_FOUND")
                    .refuses("/api/account/devices/5", 404, "DEVICE_NOT_FOUND")
                    .refuses("/api/account/devices/" + LONG, 404, "DEVICE_NOT_FOUND"),
            user("GET", "/api/account/profile").refuses("/api/account/profile", 404, "PROFILE_NOT_FOUND"),
            user("PATCH", "/api/account/profile")
                    .taking("{}", 400, "FIELD_UNKNOWN")
                    .taking("{\"email\": \"a@example.com\"}", 400, "FIELD_UNKNOWN")
                    .taking("{\"fullName\": 5}", 400, "FIELD_INVALID")
                    .taking("{\"fullName\": \" \"}", 400, "FIELD_INVALID")
                    .taking("{\"fullName\": \"" + "x".repeat(256) + "\"}", 400, "FIELD_INVALID")
                    .taking("{\"avatarUrl\": \"javascript:alert(1)\"}", 400, "FIELD_INVALID")
                    .taking("{\"avatarUrl\": \"http://x.org/a.png\"}", 400, "FIELD_INVALID")
                    .taking("{\"fullName\": \"Ann\"}", 404, "PROFILE_NOT_FOUND"),
            user("GET", "/api/plans"),
            user("GET", "/api/subscriptions"),
            user("GET", "/api/stream"),
            operator("GET", "/api/admin/customers/imports"),
            operator("POST", "/api/admin/customers/imports"),
            operator("POST", "/api/admin/customers/backfill")
                    .refuses("/api/admin/customers/backfill?after=x", 400, "CURSOR_MALFORMED"),
            operator("POST", "/api/admin/customers/check")
                    .refuses("/api/admin/customers/check?after=" + LONG, 400, "CURSOR_MALFORMED")
                    .refuses("/api/admin/customers/check?after=%00", 400, "CURSOR_MALFORMED"),
            operator("GET", "/api/admin/customers/mismatches")
                    .refuses("/api/admin/customers/mismatches?after=x", 400, "CURSOR_MALFORMED")
                    .refuses("/api/admin/customers/mismatches?after=99999999999999999999", 400, "CURSOR_MALFORMED"),
            operator("POST", MISMATCH)
                    .taking("{}", 400, "FIELD_INVALID")
                    .taking("{\"decision\": 5}", 400, "FIELD_INVALID")
                    .taking("{\"decision\": \"burn\"}", 400, "DECISION_UNKNOWN")
                    .taking("{\"decision\": \"assign\", \"userId\": 7}", 400, "FIELD_INVALID")
                    .taking("{\"decision\": \"assign\", \"userId\": \"me\"}", 400, "FIELD_INVALID")
                    .sent(
                            "/api/admin/customers/mismatches/999999999",
                            "{\"decision\": \"keep\"}",
                            404,
                            "MISMATCH_NOT_FOUND")
                    .sent("/api/admin/customers/mismatches/x", "{\"decision\": \"keep\"}", 404, "MISMATCH_NOT_FOUND"),
            operator("POST", "/api/admin/customers/profiles/mend"),
            operator("POST", ORGANISATIONS)
                    .taking("{}", 400, "FIELD_INVALID")
                    .taking("{\"name\": 5}", 400, "FIELD_INVALID")
                    .taking("{\"name\": \" \"}", 400, "FIELD_INVALID")
                    .taking("{\"name\": \"" + "x".repeat(256) + "\"}", 400, "FIELD_INVALID"),
            operator("GET", ORGANISATIONS + "/{id}")
                    .refuses(ORGANISATIONS + "/" + NOBODY, 404, "NOT_FOUND")
                    .refuses(ORGANISATIONS + "/x", 404, "NOT_FOUND"),
            operator("PUT", MEMBER)
                    .taking("{\"role\": true}", 400, "FIELD_INVALID")
                    .taking("{\"role\": \"king\"}", 400, "FIELD_INVALID")
                    .taking("{\"role\": \"member\"}", 404, "NOT_FOUND")
                    .sent(ORGANISATIONS + "/x/members/" + NOBODY, "{\"role\": \"member\"}", 404, "NOT_FOUND"),
            operator("DELETE", MEMBER)
                    .refuses(ORGANISATIONS + "/" + NOBODY + "/members/" + NOBODY, 404, "NOT_FOUND")
                    .refuses(ORGANISATIONS + "/" + NOBODY + "/members/x", 404, "NOT_FOUND"),
            operator("PUT", OWNED)
                    .refuses(ORGANISATIONS + "/" + NOBODY + "/customers/cus_1", 404, "NOT_FOUND")
                    .refuses(ORGANISATIONS + "/" + NOBODY + "/customers/nobody", 404, "NOT_FOUND"),
            operator("DELETE", OWNED)
                    .refuses(ORGANISATIONS + "/" + NOBODY + "/customers/cus_1", 404, "NOT_FOUND")
                    .refuses(ORGANISATIONS + "/" + NOBODY + "/customers/nobody", 404, "NOT_FOUND"),
            operator("GET", "/api/admin/subscriptions/duplicates")
                    .refuses("/api/admin/subscriptions/duplicates?after=x", 400, "CURSOR_MALFORMED"));

    /** As the code says it. */
    String name() {
        return method + " " + template;
    }

    /** A path that means nobody. */
    String path() {
        return template.replace("{customer}", "cus_1").replaceAll("\\{[a-z]+}", NOBODY);
    }

    static Stream<Endpoint> all() {
        return ALL.stream();
    }

    static Stream<Endpoint> withBody() {
        return ALL.stream().filter(Endpoint::hasBody);
    }

    /** A token's subject whom nobody knows. */
    static UUID stranger() {
        return UUID.randomUUID();
    }

    private static Endpoint user(String method, String template) {
        return new Endpoint(method, template, Who.USER, false, List.of());
    }

    private static Endpoint operator(String method, String template) {
        return new Endpoint(method, template, Who.OPERATOR, false, List.of());
    }

    private Endpoint refuses(String path, int status, String code) {
        return with(new Bad(path, null, status, code), hasBody);
    }

    private Endpoint taking(String body, int status, String code) {
        return sent(path(), body, status, code);
    }

    private Endpoint sent(String path, String body, int status, String code) {
        return with(new Bad(path, body, status, code), true);
    }

    private Endpoint with(Bad one, boolean takesBody) {
        List<Bad> all = new ArrayList<>(bad);
        all.add(one);
        return new Endpoint(method, template, who, takesBody, List.copyOf(all));
    }

    @Override
    public String toString() {
        return name();
    }
}
