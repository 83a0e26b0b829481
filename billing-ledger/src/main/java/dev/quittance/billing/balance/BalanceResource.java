package dev.quittance.billing.balance;

import dev.quittance.billing.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** What the signed-in user has. */
@Path("/api/balances")
public class BalanceResource {
    /** Shown also when the user has none. */
    private static final List<String> UNITS = List.of("points", "credits");

    private final BalanceStore store;
    private final JsonWebToken token;

    BalanceResource(BalanceStore store, JsonWebToken token) {
        this.store = store;
        this.token = token;
    }

    /** The answer. */
    public record Balances(List<Balance> balances) {
        public Balances {
            balances = List.copyOf(balances);
        }

        static Balances of(Map<String, Long> amounts) {
            Stream<String> others = amounts.keySet().stream().filter(unit -> !UNITS.contains(unit));
            return new Balances(Stream.concat(UNITS.stream(), others)
                    .map(unit -> new Balance(unit, amounts.getOrDefault(unit, 0L)))
                    .toList());
        }
    }

    /** The amount of one unit. */
    public record Balance(String unit, long amount) {}

    @GET
    @RolesAllowed("authenticated")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Balances> balances() {
        return store.ofUser(userId()).map(Balances::of);
    }

    private UUID userId() {
        try {
            return UUID.fromString(token.getSubject());
        } catch (IllegalArgumentException | NullPointerException _) {
            throw Problem.SUBJECT_NOT_A_USER.exception();
        }
    }
}
