package dev.quittance.billing.balance;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the signed-in user has. */
@Path("/api/balances")
public class BalanceResource {
    /** Shown also when the user has none. */
    private static final List<String> UNITS = List.of("points", "credits");

    private final BalanceHandler handler;
    private final Caller caller;

    BalanceResource(BalanceHandler handler, Caller caller) {
        this.handler = handler;
        this.caller = caller;
    }

    /** The answer. */
    public record Balances(List<Balance> balances) {
        public Balances {
            balances = List.copyOf(balances);
        }

        static Balances of(List<UnitBalance> found) {
            Map<String, Long> amounts = new TreeMap<>();
            found.forEach(balance -> amounts.put(balance.unit(), balance.amount()));
            List<Balance> balances = new ArrayList<>();
            UNITS.forEach(unit -> balances.add(new Balance(unit, amounts.getOrDefault(unit, 0L))));
            UNITS.forEach(amounts::remove);
            amounts.forEach((unit, amount) -> balances.add(new Balance(unit, amount)));
            return new Balances(balances);
        }
    }

    /** The amount of one unit. */
    public record Balance(String unit, long amount) {}

    @GET
    @RolesAllowed(Roles.USER)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Balances> balances() {
        return handler.ofUser(caller.userId()).map(Balances::of);
    }
}
