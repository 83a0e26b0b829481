package dev.quittance.endtoend.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trusted proxies are networks. Quarkus takes whatever is neither a network nor an IPv4 address for a host's name, {@code ::1} too,
 * and asks a name server for it with every request: one that does not answer costs each caller its five seconds.
 */
class TrustedProxiesTest {
    private static final Pattern SETTING = Pattern.compile(
            "(?:trusted-proxies=\\$\\{QUITTANCE_TRUSTED_PROXIES:|QUITTANCE_TRUSTED_PROXIES: ?)\"?([^}\"\\s]+)");
    private static final Pattern NETWORK = Pattern.compile("[0-9a-fA-F.:]+/\\d{1,3}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook-ingest/src/main/resources/application.properties",
                "voucher-service/src/main/resources/application.properties",
                "deploy/helm/quittance/values.yaml"
            })
    void areNetworks(String file) {
        // When
        List<String> trusted = settings(Sources.read(file));

        // Then
        assertThat(trusted).isNotEmpty().allMatch(part -> NETWORK.matcher(part).matches());
    }

    private static List<String> settings(String text) {
        return SETTING.matcher(text)
                .results()
                .map(found -> found.group(1))
                .flatMap(value -> Stream.of(value.split(",")))
                .toList();
    }
}
