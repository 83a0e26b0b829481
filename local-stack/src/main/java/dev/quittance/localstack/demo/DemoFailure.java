package dev.quittance.localstack.demo;

/** An effect is missing, or something on the way does not answer; the message is the sentence that a person reads. */
final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailure(String sentence) {
        super(sentence);
    }

    DemoFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
