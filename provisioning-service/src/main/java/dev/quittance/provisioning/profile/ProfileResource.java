package dev.quittance.provisioning.profile;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.provisioning.http.Caller;
import dev.quittance.provisioning.http.JsonBody;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The signed-in user's profile. */
@Path("/api/account/profile")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("authenticated")
public class ProfileResource {
    private final ProfileHandler profiles;
    private final Caller caller;

    ProfileResource(ProfileHandler profiles, Caller caller) {
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.caller = requireNonNull(caller, "caller is null");
    }

    /** A profile as its user sees it. Of a payment method it has the brand, the last four digits and the expiry. */
    public record Body(
            UUID userId,
            @Nullable String email,
            @Nullable String fullName,
            @Nullable String avatarUrl,
            @JsonRawValue @Nullable String billingAddress,
            @JsonRawValue @Nullable String paymentMethod) {
        static Body of(Profile profile) {
            return new Body(
                    profile.id(),
                    profile.email(),
                    profile.fullName(),
                    profile.avatarUrl(),
                    profile.billingAddress(),
                    profile.paymentMethod());
        }
    }

    @GET
    public Uni<Body> profile() {
        return profiles.find(caller.userId()).map(Body::of);
    }

    /** E-mail and card are changed where they are proved: at sign-in and at Stripe. */
    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "fullName", optional = true, max = ProfileChange.NAME_MAX, example = "Ada Lovelace"),
        @Field(
                value = "avatarUrl",
                optional = true,
                format = "uri",
                max = JsonBody.TEXT_LENGTH_MAX,
                example = "https://example.com/ada.png")
    })
    public Uni<Body> change(byte @Nullable [] body) {
        UUID userId = caller.userId();
        return profiles.change(userId, ProfileChange.read(body)).map(Body::of);
    }
}
