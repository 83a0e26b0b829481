package dev.quittance.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the header decides which trace goes on. */
class TraceParentTest {
    private static final String FORM = "00-[0-9a-f]{32}-[0-9a-f]{16}-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-09"
            })
    void aValidOneIsPassedThrough(String sent) {
        assertThat(TraceParent.from(sent, new Random(1)).value()).isEqualTo(sent);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
            })
    void anythingElseIsReplaced(@Nullable String sent) {
        assertThat(TraceParent.from(sent, new Random(1)).value()).matches(FORM).isNotEqualTo(sent);
    }

    @Test
    void noTwoAreTheSame() {
        // Given
        Random random = new Random(1);

        // Then
        assertThat(TraceParent.from(null, random)).isNotEqualTo(TraceParent.from(null, random));
    }
}
