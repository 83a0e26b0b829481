package dev.quittance.localstack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PathRulesTest {
    @Test
    void plainPathsPassWithWhateverQuery() {
        List<String> plain = List.of(
                "/api/account",
                "/api/vouchers/v-1/reveal",
                "/api/admin/events/evt_1?x=a;b//c/../%2F",
                "/auth/v1/.well-known/jwks.json",
                "/api/products/caf%C3%A9",
                "/api/orders/");
        assertThat(plain).allMatch(PathRules::isPlain);
    }

    @Test
    void pathsThatCouldBeReadInTwoWaysAreRefused() {
        List<String> twofold = List.of(
                "/api/admin;x/events",
                "/api/admin%3Bx/events",
                "/api/account%2F..%2Fadmin",
                "/api/account%5cadmin",
                "/api/account\\admin",
                "//api/account",
                "/api//account",
                "/api/account/../admin/events",
                "/api/account/..",
                "/api/./account",
                "/api/%2e%2e/admin",
                "/api/%252e",
                "/api/account%00",
                "/api/account%",
                "/api/account%zz",
                "/api/acc\u00e9",
                "http://elsewhere/api/account",
                "*",
                "");
        assertThat(twofold).noneMatch(PathRules::isPlain);
    }
}
