package dev.quittance.billing.posting;

/** Which side of an account a line is on; amounts themselves are always positive. */
public enum EntryDirection {
    DEBIT("debit", 1),
    CREDIT("credit", -1);

    private final String token;
    private final int sign;

    EntryDirection(String token, int sign) {
        this.token = token;
        this.sign = sign;
    }

    /** As it is stored. */
    public String token() {
        return token;
    }

    /** Only to check that an entry's lines cancel out. */
    int sign() {
        return sign;
    }
}
