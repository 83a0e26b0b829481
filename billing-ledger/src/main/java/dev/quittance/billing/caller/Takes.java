package dev.quittance.billing.caller;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A body that an endpoint takes. Bodies are read by hand, so the generated document knows of them what stands here; a name that the
 * endpoint does not read fails its test.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Takes {
    /** An example with every field, as JSON. */
    String value();
}
