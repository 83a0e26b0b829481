package dev.quittance.provisioning.profile;

import dev.quittance.provisioning.http.JsonBody;
import dev.quittance.provisioning.http.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a user wants to be called and seen as; null is left as it is. */
record ProfileChange(@Nullable String fullName, @Nullable String avatarUrl) {
    private static final String FULL_NAME = "fullName";
    private static final String AVATAR_URL = "avatarUrl";
    private static final Set<String> MAY_CHANGE = Set.of(FULL_NAME, AVATAR_URL);
    static final int NAME_MAX = 255;

    static ProfileChange read(byte @Nullable [] body) {
        JsonBody json = JsonBody.read(body);
        if (json.fields().isEmpty() || !MAY_CHANGE.containsAll(json.fields())) {
            throw new Problem(400, "FIELD_UNKNOWN", "Only fullName and avatarUrl can be changed.");
        }
        return new ProfileChange(
                json.fields().contains(FULL_NAME) ? name(json.text(FULL_NAME).strip()) : null,
                json.fields().contains(AVATAR_URL) ? url(json.text(AVATAR_URL)) : null);
    }

    private static String name(String name) {
        if (name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw new Problem(400, "FIELD_INVALID", "The field fullName must have at most 255 characters.");
        }
        return name;
    }

    /** Shown to others in a page: nothing but a picture's address. */
    private static String url(String text) {
        try {
            URI address = new URI(text);
            if ("https".equals(address.getScheme()) && address.getHost() != null && address.getUserInfo() == null) {
                return text;
            }
        } catch (URISyntaxException _) {
            // Answered below, like another scheme.
        }
        throw new Problem(400, "FIELD_INVALID", "The field avatarUrl must be an https address.");
    }
}
