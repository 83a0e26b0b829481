package dev.quittance.provisioning.supabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthAdminTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final AuthDouble auth = new AuthDouble();
    private final AuthAdmin admin = new AuthAdmin(auth.url() + "/", AuthDouble.SERVICE_KEY, TIMEOUT);

    @AfterEach
    void close() {
        auth.close();
    }

    @Test
    void whoIsThereIsFoundAndNotMadeAgain() {
        // Given
        for (int i = 0; i < 450; i++) {
            auth.put("u%03d@example.com".formatted(i));
        }
        UUID known = auth.put("u444@example.com");

        // When
        UUID found = admin.ensure("u444@example.com");

        // Then
        assertThat(found).isEqualTo(known);
        assertThat(auth.users()).hasSize(450);
    }

    @Test
    void whoIsNotThereIsMadeOnce() {
        // When
        UUID made = admin.ensure("new@example.com");
        UUID again = admin.ensure("new@example.com");

        // Then
        assertThat(again).isEqualTo(made);
        assertThat(auth.users()).containsExactly(java.util.Map.entry("new@example.com", made));
    }

    @Test
    void aCallThatHadItsEffectWithoutAnAnswerIsNotRepeated() {
        // Given
        auth.fail(0, 1);

        // When
        assertThatThrownBy(() -> admin.ensure("new@example.com"))
                .isInstanceOf(AuthAdmin.NotNow.class)
                .hasMessage("HTTP_500");
        UUID made = admin.ensure("new@example.com");

        // Then
        assertThat(auth.users()).containsExactly(java.util.Map.entry("new@example.com", made));
    }

    @Test
    void aWrongKeyIsAFailureThatNamesNoKey() {
        // Given
        AuthAdmin stranger = new AuthAdmin(auth.url(), "another-key", TIMEOUT);

        // Then
        assertThatThrownBy(() -> stranger.ensure("new@example.com")).hasMessage("HTTP_401");
        assertThat(auth.users()).isEmpty();
    }
}
