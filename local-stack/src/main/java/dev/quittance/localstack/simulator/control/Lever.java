package dev.quittance.localstack.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Html;

/** A button that posts to the control API and comes back to the page. */
final class Lever {
    private Lever() {}

    /** The levers that fit an object's state. */
    @FunctionalInterface
    interface Levers {
        String of(ObjectNode object);
    }

    static String of(String path, String label) {
        return with(path, label);
    }

    /** @param fields names and values in turn */
    static String with(String path, String label, String... fields) {
        StringBuilder hidden = new StringBuilder();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            hidden.append("<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                    .formatted(Html.escape(fields[i]), Html.escape(fields[i + 1])));
        }
        return """
            <form method="post" action="%s">%s<button name="back" value="1">%s</button></form>
            """.formatted(Html.escape(path), hidden, Html.escape(label));
    }

    /** A lever with numbers or texts to fill in; {@code fields} are names and present values in turn. */
    static String asking(String path, String label, String... fields) {
        StringBuilder inputs = new StringBuilder();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            String name = Html.escape(fields[i]);
            inputs.append("<label>%s <input name=\"%s\" value=\"%s\" size=\"10\"></label> "
                    .formatted(name.replace('_', ' '), name, Html.escape(fields[i + 1])));
        }
        return """
            <form method="post" action="%s">%s<button name="back" value="1">%s</button></form>
            """.formatted(Html.escape(path), inputs, Html.escape(label));
    }
}
