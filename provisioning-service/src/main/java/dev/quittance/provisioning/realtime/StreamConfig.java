package dev.quittance.provisioning.realtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much a stream may hold, and how it stays open. */
@ConfigMapping(prefix = "quittance.stream")
public interface StreamConfig {
    /** How often a comment is sent, so that proxies keep the connection and a dead one is found. */
    @WithDefault("15s")
    Duration heartbeat();

    /** Most events that wait for a slow reader; then it is let go, and resumes by its Last-Event-ID. */
    @WithDefault("256")
    int bufferMax();

    /** Most events of one partition that are kept for those who resume. */
    @WithDefault("512")
    int keptMax();

    /** Most connections of one pod. */
    @WithDefault("10000")
    int connectionsMax();

    /** Most connections of one user on one pod. */
    @WithDefault("20")
    int connectionsPerUserMax();
}
