package dev.quittance.endtoend.bench;

/** What is measured beside what. */
enum Arm {
    SERVICE("service, batch 500", ServiceArm.NAME, 500),
    PGBENCH("pgbench, same SQL", PgbenchArm.NAME, 500),
    SINGLE("service, batch 1", ServiceArm.NAME, 1);

    private final String title;
    private final String process;
    private final int pollMax;

    Arm(String title, String process, int pollMax) {
        this.title = title;
        this.process = process;
        this.pollMax = pollMax;
    }

    String title() {
        return title;
    }

    /** The part that does the arm's work beside Postgres. */
    String process() {
        return process;
    }

    /** Most events of one transaction. */
    int pollMax() {
        return pollMax;
    }
}
