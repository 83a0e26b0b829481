package dev.quittance.provisioning.profile;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.customer.Stamp;
import dev.quittance.provisioning.http.Problem;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A user's own word about the profile: it stands until a later one, and Stripe is told of it. */
@ApplicationScoped
public class ProfileHandler {
    private final Profiles profiles;
    private final ProfileOwners owners;
    private final InstantSource clock;

    ProfileHandler(Profiles profiles, ProfileOwners owners, InstantSource clock) {
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.owners = requireNonNull(owners, "owners is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @WithSession
    public Uni<Profile> find(UUID userId) {
        return profiles.findById(userId).onItem().ifNull().failWith(ProfileHandler::unknown);
    }

    @WithTransaction
    public Uni<Profile> change(UUID userId, ProfileChange change) {
        return owners.findById(userId, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(ProfileHandler::unknown)
                .chain(() -> profiles.findById(userId))
                .onItem()
                .ifNull()
                .failWith(ProfileHandler::unknown)
                .invoke(profile -> apply(profile, change, clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    private static void apply(Profile profile, ProfileChange change, Instant now) {
        String name = change.fullName();
        if (name != null && !name.equals(profile.fullName())) {
            profile.rename(name, Stamp.own(now).text());
        }
        String avatar = change.avatarUrl();
        if (avatar != null) {
            profile.showAs(avatar);
        }
        profile.changedAt(now);
    }

    private static Problem unknown() {
        return new Problem(404, "PROFILE_NOT_FOUND", "The token's subject is not a user of ours.");
    }
}
