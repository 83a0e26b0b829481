package dev.quittance.endtoend.bench;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.identity.TokenIssuer;
import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Command;
import dev.quittance.localstack.process.Ports;
import dev.quittance.localstack.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged voucher service, as its own process, asked over HTTP as operators and users ask it. */
final class VoucherArm {
    static final String NAME = Topics.VOUCHER;
    private static final Duration READY_MAX = Duration.ofSeconds(60);
    private static final Duration WORK_MAX = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final List<String> JVM_FLAGS = List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");
    private static final String ISSUER = "http://" + Ports.LOOPBACK + ":1";
    private static final int PEPPER_BYTES = 32;
    private static final int IMPORT_ROWS = 2_000;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    private final BenchParts parts;
    private final TokenIssuer tokens;
    private final RedisServer redis;
    private final String pepper;

    VoucherArm(BenchParts parts) {
        this.parts = parts;
        this.redis = new RedisServer(parts.file("redis"), parts.log(RedisServer.NAME), Ports.free());
        byte[] secret = new byte[PEPPER_BYTES];
        new SecureRandom().nextBytes(secret);
        this.pepper = Base64.getEncoder().encodeToString(secret);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.tokens = new TokenIssuer(generator.generateKeyPair(), ISSUER, InstantSource.system());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static void requireBuilt(Checkout checkout) {
        if (!Files.exists(jar(checkout))) {
            throw new BenchFailure(NAME + " is not packaged; ./quittance bench builds what is missing.");
        }
    }

    static Path jar(Checkout checkout) {
        return checkout.root().resolve(Slice.VOUCHER.module()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    void startRedis() {
        try {
            Files.createDirectories(parts.file("redis"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        redis.awaitReady(parts.start(redis.command()));
    }

    Running start(ArmDatabase database) {
        return start(database, Map.of());
    }

    /** With settings of its own. */
    Running start(ArmDatabase database, Map<String, String> settings) {
        int port = Ports.free();
        int management = Ports.free();
        Path jwks = parts.file("jwks.json");
        try {
            Files.writeString(jwks, tokens.jwks());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", parts.bootstrapServers());
        environment.put("QUITTANCE_TOPIC_PREFIX", database.name() + ".");
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.login().user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.login().password());
        environment.put("QUARKUS_REDIS_HOSTS", redis.url());
        environment.put("QUARKUS_HTTP_HOST", Ports.LOOPBACK);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", Ports.LOOPBACK);
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        environment.put("QUITTANCE_JWKS_URL", jwks.toUri().toString());
        environment.put("QUITTANCE_JWT_ISSUER", ISSUER);
        environment.put("QUITTANCE_VOUCHER_PEPPER", pepper);
        List<String> words = new ArrayList<>();
        words.add(Checkout.java());
        words.addAll(JVM_FLAGS);
        words.addAll(Checkout.openJdkFlags());
        words.addAll(List.of("-jar", jar(parts.checkout()).toString()));
        parts.makeTopics(database.name() + ".");
        Process process = parts.start(
                new Command(NAME, words, environment, parts.checkout().root().resolve(NAME), parts.log(NAME)));
        Await.ready(NAME, process, READY_MAX, () -> Ports.accepts(port));
        return new Running(process, port);
    }

    /** The service while it runs. */
    final class Running implements AutoCloseable {
        private static final String BATCHES = "/api/admin/vouchers/batches";
        private static final String REDEEM = "/api/vouchers/redeem";

        private final Process process;
        private final InetSocketAddress address;
        private final String url;
        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        private Running(Process process, int port) {
            this.process = process;
            this.address = new InetSocketAddress(Ports.LOOPBACK, port);
            this.url = "http://" + Ports.LOOPBACK + ":" + port;
        }

        /** Returns when so many codes are made and stored. */
        void makeBatch(int size) {
            String id = id(send(
                    BATCHES,
                    "application/json",
                    "{\"name\":\"bench\",\"size\":" + size + ",\"months\":1}",
                    tokens.adminToken()));
            await(id, "GENERATED");
        }

        /** Brings codes in and activates them. */
        void stock(VoucherCodes supply) {
            String id = "";
            for (int from = 0; from < supply.size(); from += IMPORT_ROWS) {
                StringBuilder csv = new StringBuilder("code,months,days\n");
                supply.all()
                        .subList(from, Math.min(supply.size(), from + IMPORT_ROWS))
                        .forEach(entry -> csv.append(entry.code()).append(",1,0\n"));
                id = id(send(BATCHES + "/import?name=bench", "text/csv", csv.toString(), tokens.adminToken()));
            }
            send(BATCHES + "/" + id + "/activate", "application/json", "", tokens.adminToken());
            await(id, "ACTIVE");
        }

        /** Redeems each code, as many at once as there are clients. */
        Duration redeem(List<VoucherCodes.Entry> entries, int clients) {
            String token = tokens.userToken(UUID.randomUUID());
            long begin = System.nanoTime();
            try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
                List<Callable<Boolean>> work = new ArrayList<>();
                for (int worker = 0; worker < clients; worker++) {
                    int first = worker;
                    work.add(() -> {
                        try (KeptConnection connection = new KeptConnection(address)) {
                            for (int i = first; i < entries.size(); i += clients) {
                                connection.post(REDEEM, token, body(entries.get(i)));
                            }
                            return true;
                        }
                    });
                }
                for (Future<Boolean> done : threads.invokeAll(work)) {
                    done.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchFailure("interrupted", e);
            } catch (ExecutionException e) {
                throw new BenchFailure("redeeming failed: " + e.getMessage(), e);
            }
            return Duration.ofNanos(System.nanoTime() - begin);
        }

        /** How long a refusal took; a bench that is answered otherwise is wrong. */
        long refused(VoucherCodes.Entry entry, UUID stranger) {
            HttpRequest request = request(REDEEM, "application/json", body(entry), tokens.userToken(stranger));
            long begin = System.nanoTime();
            HttpResponse<String> response = response(request);
            long took = System.nanoTime() - begin;
            if (response.statusCode() != 404) {
                throw new BenchFailure("a code that is worth nothing was answered with " + response.statusCode());
            }
            return took;
        }

        private static String body(VoucherCodes.Entry entry) {
            return "{\"code\":\"" + entry.code() + "\",\"accountNumber\":\"" + entry.accountNumber() + "\"}";
        }

        private void await(String batch, String status) {
            long end = System.nanoTime() + WORK_MAX.toNanos();
            while (!get(BATCHES + "/" + batch).contains("\"status\":\"" + status + "\"")) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new BenchFailure("the batch is not " + status + "; see " + parts.log(NAME));
                }
                Await.pause(PAUSE);
            }
        }

        private String get(String path) {
            return answer(HttpRequest.newBuilder(URI.create(url + path))
                    .header("Authorization", "Bearer " + tokens.adminToken())
                    .build());
        }

        private String send(String path, String type, String body, String token) {
            return answer(request(path, type, body, token));
        }

        private HttpRequest request(String path, String type, String body, String token) {
            return HttpRequest.newBuilder(URI.create(url + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
        }

        private String answer(HttpRequest request) {
            HttpResponse<String> response = response(request);
            if (response.statusCode() >= 300) {
                throw new BenchFailure(request.uri().getPath() + " was answered with " + response.statusCode() + ": "
                        + response.body());
            }
            return response.body();
        }

        private HttpResponse<String> response(HttpRequest request) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchFailure("interrupted", e);
            }
        }

        private static String id(String body) {
            Matcher id = ID.matcher(body);
            if (!id.find()) {
                throw new BenchFailure("a batch without an id");
            }
            return id.group(1);
        }

        @Override
        public void close() {
            client.close();
            ServiceArm.stop(process);
        }
    }
}
