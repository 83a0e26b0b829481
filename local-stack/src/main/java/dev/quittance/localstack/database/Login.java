package dev.quittance.localstack.database;

/** A user of the database with its password, which its text form keeps to itself. */
public record Login(String user, String password) {
    @Override
    public String toString() {
        return user;
    }
}
