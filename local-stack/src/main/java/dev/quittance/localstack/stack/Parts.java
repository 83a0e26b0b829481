package dev.quittance.localstack.stack;

import dev.quittance.localstack.database.DatabaseStore;
import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.database.Migrations;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.kafka.BrokerUser;
import dev.quittance.localstack.kafka.BrokerUsers;
import dev.quittance.localstack.kafka.KafkaServer;
import dev.quittance.localstack.kafka.KafkaTopics;
import dev.quittance.localstack.postgres.PostgresServer;
import dev.quittance.localstack.process.Ports;
import dev.quittance.localstack.redis.RedisServer;
import dev.quittance.localstack.supervisor.Component;
import dev.quittance.localstack.supervisor.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The embedded parts of one stack, each made ready for the services. */
final class Parts {
    static final String DATABASE = "quittance";
    private static final String BOOTSTRAP_SERVERS = "KAFKA_BOOTSTRAP_SERVERS";

    private final Secrets secrets;
    private final Migrations migrations;
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final List<BrokerUser> brokerUsers;
    private final RedisServer redis;

    Parts(StackOptions options, StateFolder state, Secrets secrets) {
        this.secrets = secrets;
        this.migrations = new Migrations(options.checkout());
        this.postgres = new PostgresServer(
                options.checkout(),
                state.data(PostgresServer.NAME),
                state.log(PostgresServer.NAME),
                secrets.superuserPassword(),
                Ports.free());
        this.brokerUsers = options.brokerUsers();
        this.kafka = kafka(options, state);
        this.redis = new RedisServer(state.data(RedisServer.NAME), state.log(RedisServer.NAME), Ports.free());
    }

    private static KafkaServer kafka(StackOptions options, StateFolder state) {
        Path data = state.data(KafkaServer.NAME);
        Path log = state.log(KafkaServer.NAME);
        Path run = state.processes().directory();
        return options.brokerUsers().isEmpty()
                ? new KafkaServer(options.checkout(), data, log, Ports.free(), run)
                : KafkaServer.guarded(options.checkout(), data, log, Ports.free(), run);
    }

    /** Starts it, makes the database, and brings it to what the sources say. */
    void startPostgres(Supervisor supervisor) {
        postgres.initialise();
        supervisor.start(new Component(
                PostgresServer.NAME,
                Component.Role.PART,
                postgres::command,
                postgres::awaitReady,
                PostgresServer::stop));
        DatabaseStore databases = new DatabaseStore(postgres);
        databases.ensure(DATABASE);
        migrations.run(postgres.jdbcUrl(DATABASE), superuser(), List.of(Slice.values()));
        databases.setPasswords(secrets.logins().values());
    }

    /** Starts it and makes the topics and the users. */
    void startKafka(Supervisor supervisor) {
        supervisor.start(new Component(
                KafkaServer.NAME, Component.Role.PART, kafka::command, kafka::awaitReady, Process::destroy));
        KafkaTopics.create(kafka.bootstrapServers(), "", Integer.MAX_VALUE);
        if (!brokerUsers.isEmpty()) {
            BrokerUsers.create(kafka.bootstrapServers(), brokerUsers);
        }
    }

    void startRedis(Supervisor supervisor) {
        supervisor.start(new Component(
                RedisServer.NAME, Component.Role.PART, redis::command, redis::awaitReady, Process::destroy));
    }

    String kafkaBootstrap() {
        return kafka.bootstrapServers();
    }

    /** What a service's environment says of Kafka; its own login only, where there are any. */
    Map<String, String> kafkaAccess(Slice slice) {
        if (brokerUsers.isEmpty()) {
            return Map.of(BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        }
        String name = BrokerUser.nameOf(slice.module());
        BrokerUser user = brokerUsers.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Kafka has no user " + name));
        Map<String, String> access = new HashMap<>(Map.of(BOOTSTRAP_SERVERS, kafka.guardedServers()));
        user.settings()
                .forEach((key, value) ->
                        access.put("KAFKA_" + key.replace('.', '_').toUpperCase(Locale.ROOT), value));
        return access;
    }

    String redisUrl() {
        return redis.url();
    }

    /** For Vert.x and for psql; without user and password. */
    String databaseUrl() {
        return "postgresql://" + databaseAddress();
    }

    String superuserUrl() {
        return "postgresql://" + PostgresServer.SUPERUSER + ":" + postgres.password() + "@" + databaseAddress();
    }

    private String databaseAddress() {
        return Ports.LOOPBACK + ":" + postgres.port() + "/" + DATABASE;
    }

    private Login superuser() {
        return new Login(PostgresServer.SUPERUSER, postgres.password());
    }

    /** A data folder that was made with other secrets can be opened by nobody. */
    static void requireMatch(StateFolder state) {
        if (Files.exists(state.data(PostgresServer.NAME)) && !Files.exists(state.secrets())) {
            throw new StackFailure("the secrets that " + state.data(PostgresServer.NAME)
                    + " was made with are gone; ./quittance up --fresh starts anew.");
        }
    }
}
