package dev.quittance.localstack.stack;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.kafka.BrokerUser;
import dev.quittance.localstack.process.Checkout;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a stack is to be.
 *
 * @param state where it keeps its data
 * @param gatewayPort 0 for a free one
 * @param services which of the four services run; without one, its paths answer 502
 * @param serviceJvmFlags for each service's JVM
 * @param serviceEnvironment added to each service's environment
 * @param brokerUsers whom Kafka knows; one for each service and every right counts, or none and everybody may do everything
 * @param tell gets one sentence for each thing worth knowing
 */
public record StackOptions(
        Checkout checkout,
        Path state,
        int gatewayPort,
        Set<Slice> services,
        List<String> serviceJvmFlags,
        Map<String, String> serviceEnvironment,
        List<BrokerUser> brokerUsers,
        Consumer<String> tell) {
    public static final int GATEWAY_PORT = 8080;
    private static final List<String> SMALL_JVM =
            List.of("-Xmx160m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    public StackOptions {
        services = Set.copyOf(services);
        serviceJvmFlags = List.copyOf(serviceJvmFlags);
        serviceEnvironment = Map.copyOf(serviceEnvironment);
        brokerUsers = List.copyOf(brokerUsers);
    }

    /** As {@code ./quittance up} runs it, with its state in the checkout. */
    public static StackOptions standard(Checkout checkout, Consumer<String> tell) {
        return new StackOptions(
                checkout,
                checkout.root().resolve(".quittance"),
                GATEWAY_PORT,
                EnumSet.allOf(Slice.class),
                SMALL_JVM,
                Map.of(),
                List.of(),
                tell);
    }

    /** For a story: its own state folder and free ports. */
    public static StackOptions temporary(Checkout checkout, Path state) {
        return new StackOptions(
                checkout, state, 0, EnumSet.allOf(Slice.class), SMALL_JVM, Map.of(), List.of(), System.out::println);
    }

    public StackOptions withGatewayPort(int port) {
        return new StackOptions(
                checkout, state, port, services, serviceJvmFlags, serviceEnvironment, brokerUsers, tell);
    }

    public StackOptions withServices(Set<Slice> some) {
        return new StackOptions(
                checkout, state, gatewayPort, some, serviceJvmFlags, serviceEnvironment, brokerUsers, tell);
    }

    public StackOptions withServiceJvmFlags(List<String> flags) {
        return new StackOptions(checkout, state, gatewayPort, services, flags, serviceEnvironment, brokerUsers, tell);
    }

    public StackOptions withServiceEnvironment(Map<String, String> environment) {
        return new StackOptions(
                checkout, state, gatewayPort, services, serviceJvmFlags, environment, brokerUsers, tell);
    }

    public StackOptions withBrokerUsers(List<BrokerUser> users) {
        return new StackOptions(
                checkout, state, gatewayPort, services, serviceJvmFlags, serviceEnvironment, users, tell);
    }
}
