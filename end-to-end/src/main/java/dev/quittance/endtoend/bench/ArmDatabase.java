package dev.quittance.endtoend.bench;

import dev.quittance.localstack.database.Login;

/**
 * A database that one run has for itself, empty at its start.
 *
 * @param login billing's own: both arms work under the same grants and row policies
 */
record ArmDatabase(String host, int port, String name, Login login) {
    /** For Vert.x; without user and password. */
    String reactiveUrl() {
        return "postgresql://" + host + ":" + port + "/" + name;
    }
}
