package dev.quittance.endtoend.bench;

/**
 * What stood beside each other. Processor time in microseconds an event.
 *
 * @param seal of sealing it, with the digest that came with it
 */
record BooksPair(
        double guarded,
        double unguarded,
        double undigested,
        double seal,
        Arm batched,
        Arm spread,
        Arm hot,
        Arm transfers) {

    /** The ledger by itself. */
    record Arm(double micros, double perSecond) {}

    double guards() {
        return guarded / unguarded;
    }

    /** With the digest that an entry brings, and without either. */
    double seals() {
        return (guarded + seal) / undigested;
    }
}
