package dev.quittance.localstack.openapi;

/**
 * A method, as class files name it.
 *
 * @param owner the class, with slashes
 * @param type the descriptor
 */
record MethodKey(String owner, String name, String type) {}
