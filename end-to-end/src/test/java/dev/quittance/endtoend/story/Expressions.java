package dev.quittance.endtoend.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the chart's alerts and dashboards ask Prometheus for. */
final class Expressions {
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern SELECTOR = Pattern.compile("\\{[^}]*}");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\(|[a-zA-Z0-9_:])");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan");

    private Expressions() {}

    /** The names of the metrics in an expression: what is left when functions, labels and words are taken away. */
    static Set<String> metrics(String expression) {
        String bare = expression;
        for (Pattern noise : List.of(STRING, SELECTOR, RANGE, GROUPING)) {
            bare = noise.matcher(bare).replaceAll(" ");
        }
        return NAME.matcher(bare)
                .results()
                .map(found -> found.group())
                .filter(name -> !WORDS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every expression of the rules and of the dashboards. */
    static List<String> all(Path chart) throws IOException {
        List<String> expressions = new ArrayList<>();
        List<String> lines = Files.readAllLines(chart.resolve("rules/quittance.yaml"));
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).strip().equals("expr: >-")) {
                expressions.add(lines.get(i + 1).strip());
            }
        }
        try (Stream<Path> dashboards = Files.list(chart.resolve("dashboards"))) {
            for (Path dashboard : dashboards.sorted().toList()) {
                JsonNode json = new ObjectMapper().readTree(Files.readString(dashboard));
                json.findValuesAsText("expr").forEach(expressions::add);
            }
        }
        return expressions;
    }
}
