package dev.quittance.contracts.event;

/** Bytes that are not the event they should be. The message quotes nothing of the input. */
public final class UnreadableEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableEvent(String message) {
        super(message);
    }
}
