package dev.quittance.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/webhooks/stripe",
                "/api/admin/events?from=2026-11-20T10:15:30Z&x=//;%2F",
                "/api/admin/events/evt_1%20",
                "/q/..hidden"
            })
    void whatCanBeReadInOneWayPasses(String target) {
        assertThat(PathRules.isPlain(target)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "http://host/api",
                "/api;x/admin",
                "/api/admin/events;jsessionid=1",
                "//api/admin",
                "/api//admin",
                "/api/./admin",
                "/api/webhooks/..",
                "/api/webhooks/../admin/events",
                "/api%2Fadmin",
                "/api%2fadmin",
                "/api/%2e%2e/admin",
                "/api/%3Bx",
                "/api/%5Cadmin",
                "/api/%00",
                "/api/%252e",
                "/api/%",
                "/api/%2",
                "/api/%zz",
                "/api\\admin",
                "/api/\u00fc"
            })
    void whatCanBeReadInTwoWaysIsRefused(String target) {
        assertThat(PathRules.isPlain(target)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {PathRules.TARGET_CHARS_MAX, PathRules.TARGET_CHARS_MAX + 1})
    void aTargetHasALimit(int length) {
        assertThat(PathRules.isPlain("/" + "a".repeat(length - 1))).isEqualTo(length == PathRules.TARGET_CHARS_MAX);
    }
}
