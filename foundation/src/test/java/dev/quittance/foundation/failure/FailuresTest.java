package dev.quittance.foundation.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08003", "08004", "08006", "25006", "40001", "40P01", "53000", "53100", "53200",
                "53300", "53400", "55P03", "57014", "57P01", "57P02", "57P03", "57P05", "58030", "42501", "42P01"
            })
    void waitsForWhatPassesOrIsMended(String sqlState) {
        assertThat(Failures.isTransient(new PgException("m", "ERROR", sqlState, "")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"22003", "22021", "22P02", "22P05", "23502", "23503", "23505", "23514", "21000", "54000", "P0001"
            })
    void givesUpOnWhatTheEventItselfCauses(String sqlState) {
        assertThat(Failures.isTransient(new RuntimeException(new PgException("m", "ERROR", sqlState, ""))))
                .isFalse();
    }

    @Test
    void waitsForTheNetwork() {
        assertThat(Failures.isTransient(new IOException("reset"))).isTrue();
        assertThat(Failures.isTransient(new RuntimeException(new TimeoutException())))
                .isTrue();
    }

    @Test
    void givesUpOnABug() {
        assertThat(Failures.isTransient(new IllegalStateException("no"))).isFalse();
    }

    @Test
    void namesTheStateAndNeverTheMessage() {
        assertThat(Failures.code(new PgException("Key (email)=(a@b.example) exists", "ERROR", "23505", "")))
                .isEqualTo("SQL_23505");
    }
}
