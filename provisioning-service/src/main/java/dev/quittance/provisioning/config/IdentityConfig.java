package dev.quittance.provisioning.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Who makes the users that sign in. */
@ConfigMapping(prefix = "quittance.identity")
public interface IdentityConfig {
    /** Where new users are made. */
    enum Backend {
        /** In auth.users, by us. */
        POSTGRES,
        /** By Supabase's Auth admin API. */
        SUPABASE
    }

    @WithDefault("postgres")
    Backend backend();

    /** Where Auth's API is, such as {@code https://project.supabase.co/auth/v1}. */
    Optional<String> supabaseUrl();

    /** The service key: it may do everything, so it is never logged. */
    Optional<String> supabaseServiceKey();

    @WithDefault("10s")
    Duration timeout();

    /** How long the job rests when there is nobody to make. */
    @WithDefault("1s")
    Duration idle();

    /** Most users that one turn makes. */
    @WithDefault("20")
    int batch();

    /** How long a request is left to the process that took it; longer than a turn may last. */
    @WithDefault("5m")
    Duration lease();

    /** The longest pause before a request that failed is tried again. */
    @WithDefault("10m")
    Duration backoffMax();
}
