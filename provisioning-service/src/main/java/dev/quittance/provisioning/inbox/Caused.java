package dev.quittance.provisioning.inbox;

import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Incoming;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something with the event that it comes from. */
record Caused<T>(Incoming incoming, T what) {
    /** What of a batch is of one kind. */
    static <T> List<Caused<T>> of(
            List<Delivered<ProvisioningFact>> batch, Function<ProvisioningFact, @Nullable T> kind) {
        return batch.stream()
                .flatMap(delivered -> {
                    T what = kind.apply(delivered.fact());
                    return what == null
                            ? java.util.stream.Stream.<Caused<T>>empty()
                            : java.util.stream.Stream.of(new Caused<T>(delivered.incoming(), what));
                })
                .toList();
    }
}
