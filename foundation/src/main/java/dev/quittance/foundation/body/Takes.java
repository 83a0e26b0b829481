package dev.quittance.foundation.body;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The body that an endpoint takes, as the generated document then has it. A test fails where a body is taken of which nothing is said,
 * where a name stands here that the endpoint does not read, and where a limit that stands here is not kept.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Takes {
    /** The fields of a JSON object. */
    Field[] value() default {};

    /** Whether a library reads the fields, so that our code does not know their names. */
    boolean byLibrary() default false;

    /** What it is, where it is no JSON object of ours. */
    String raw() default "";

    /** Most bytes of that. */
    int bytesMax() default 0;

    /** What a field is. */
    enum Kind {
        TEXT,
        WHOLE,
        FLAG,
        /** Of what {@code name[]} is, or of objects of what {@code name[].field} is. */
        LIST
    }

    /** One field. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Field {
        /** Its name; in a list's objects {@code list[].name}, and of its texts {@code list[]}. */
        String value();

        Kind kind() default Kind.TEXT;

        boolean optional() default false;

        /** As JSON Schema names it. */
        String format() default "";

        String pattern() default "";

        /** All that it may be. */
        String[] words() default {};

        /** The least number, characters or things. */
        long min() default 1;

        /** The most of them. */
        long max() default 0;

        String example() default "";
    }
}
