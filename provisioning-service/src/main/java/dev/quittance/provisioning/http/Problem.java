package dev.quittance.provisioning.http;

import static java.util.Objects.requireNonNull;

/** A request that cannot be answered, and why, in words for its sender. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param code stable, in capitals
     * @param detail quotes nothing that was sent
     */
    public Problem(int status, String code, String detail) {
        super(requireNonNull(detail, "detail is null"), null, false, false);
        this.status = status;
        this.code = requireNonNull(code, "code is null");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
