package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Shows an object, and all that is inside it, as a version of the API does; what it is given stays as it is. */
@FunctionalInterface
public interface Rendering {
    ObjectNode show(ObjectNode object, ApiVersion version);
}
