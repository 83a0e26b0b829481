package dev.quittance.endtoend.story;

import dev.quittance.endtoend.rights.ClusterUsers;
import dev.quittance.endtoend.verify.Finding;
import dev.quittance.endtoend.verify.Verifier;
import dev.quittance.endtoend.verify.Verify;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Folders;
import dev.quittance.localstack.stack.LocalStack;
import dev.quittance.localstack.stack.StackOptions;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The running product. One is started for all stories, which is most of their time, and each story brings its own buyers. They come in
 * the order of their names: DemoStory and HistoryStory leave Stripe's clock a month ahead of ours, which Stripe's checkout of the
 * stories before them would not take. Its services log in at Kafka with the users of k8s/ and have their rights and no others, so that
 * every story shows that these suffice; KafkaRightsIT shows that nothing else is allowed.
 */
final class StoryStack implements AutoCloseable {
    /** Much longer than anything takes on a busy machine: a story fails because something is wrong, not because it is slow. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LocalStack stack;
    private final Collector collector;
    private final Mailbox mailbox;
    private final Webhook webhook;

    private StoryStack(LocalStack stack, Collector collector, Mailbox mailbox) {
        this.stack = stack;
        this.collector = collector;
        this.mailbox = mailbox;
        this.webhook =
                new Webhook(URI.create(env("GATEWAY_URL") + "/api/webhooks/stripe"), env("STRIPE_WEBHOOK_SECRET"));
    }

    /** Gives stories the stack, and ends it when all of them are told. */
    static final class Started implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == StoryStack.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(StoryStack.class, _ -> start(), StoryStack.class);
        }
    }

    private static StoryStack start() {
        Checkout checkout = Checkout.find();
        Path state = checkout.root().resolve("end-to-end/target/stack");
        Folders.delete(state);
        Collector collector = Collector.start();
        Mailbox mailbox = Mailbox.open();
        Map<String, String> environment = new HashMap<>(mailbox.environment());
        // A trace that a story sends is recorded; the services themselves begin none.
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
        environment.put("OTEL_TRACES_SAMPLER_ARG", "0");
        StackOptions options = StackOptions.temporary(checkout, state)
                .withServiceEnvironment(environment)
                .withBrokerUsers(ClusterUsers.read());
        return new StoryStack(LocalStack.start(options), collector, mailbox);
    }

    LocalStack local() {
        return stack;
    }

    Collector collector() {
        return collector;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    Webhook webhook() {
        return webhook;
    }

    Shop shop() {
        return new Shop(env("STRIPE_API_BASE"), env("STRIPE_API_KEY"));
    }

    Buyer buyer(UUID userId) {
        return new Buyer(env("GATEWAY_URL"), stack.tokens().userToken(userId));
    }

    Buyer operator() {
        return new Buyer(env("GATEWAY_URL"), stack.tokens().adminToken());
    }

    Broker broker() {
        return new Broker(env("KAFKA_BOOTSTRAP"));
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl());
    }

    /** What the independent verifier says when everything has had time to arrive. */
    List<Finding> verify() throws SQLException {
        return new Verifier(PATIENCE).verify(jdbcUrl());
    }

    String env(String name) {
        String value = stack.env().get(name);
        if (value == null) {
            throw new IllegalStateException("the stack has no " + name);
        }
        return value;
    }

    private String jdbcUrl() {
        return Verify.jdbcUrl(env("PG_URL"));
    }

    @Override
    public void close() {
        stack.close();
        collector.close();
        mailbox.close();
    }
}
