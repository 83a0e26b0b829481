package dev.quittance.voucher.code;

/** The configured peppers would not protect anything; the service must not start. The message quotes none of them. */
public final class UnusablePepper extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusablePepper(String reason) {
        super("QUITTANCE_VOUCHER_PEPPER " + reason);
    }
}
