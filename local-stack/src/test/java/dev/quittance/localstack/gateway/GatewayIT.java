package dev.quittance.localstack.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayIT {
    private static final String KEYS = "{\"keys\":[]}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch secondHalf = new CountDownLatch(1);
    private final AtomicBoolean brokenOff = new AtomicBoolean();
    private HttpServer service;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(threads);
        service.createContext("/", this::echo);
        service.createContext("/api/stream", this::twoHalves);
        service.createContext("/api/plans", this::endless);
        service.start();
        gateway = new Gateway(Gateway.Options.of(0, () -> KEYS)).start();
        gateway.route("billing", base());
        gateway.route("provisioning", base());
    }

    @AfterEach
    void stop() {
        secondHalf.countDown();
        gateway.close();
        service.stop(0);
        threads.close();
        http.close();
    }

    @Test
    void aBodyGoesThroughUntouchedWithItsHeadersAndWhoSentIt() throws Exception {
        // Given
        String body = "x".repeat(300_000);
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/api/checkout?a=b%20c"))
                .header("Authorization", "Bearer token")
                .header("X-Forwarded-For", "6.6.6.6")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        // When
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("X-Seen"))
                .hasValue("POST /api/checkout?a=b%20c Bearer token 127.0.0.1");
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void aBodyOfUnknownLengthAndOneThatAsksFirstGoThroughToo() throws Exception {
        // Given
        byte[] body = "y".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/api/cart"));
        HttpRequest chunked = request.copy()
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        HttpRequest asking = request.copy()
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();

        // When
        byte[] first =
                http.send(chunked, HttpResponse.BodyHandlers.ofByteArray()).body();
        byte[] second =
                http.send(asking, HttpResponse.BodyHandlers.ofByteArray()).body();

        // Then
        assertThat(first).isEqualTo(body);
        assertThat(second).isEqualTo(body);
    }

    @Test
    void anAnswerIsPassedOnWhileItIsStillBeingMade() throws Exception {
        // When
        HttpResponse<InputStream> response = http.send(
                HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/api/stream"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());

        // Then
        byte[] first = response.body().readNBytes(6);
        assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("first\n");
        secondHalf.countDown();
        assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("second");
    }

    @Test
    void aServiceThatIsDownIsABadGatewayUntilItIsRoutedAgain() throws Exception {
        // Given
        gateway.withdraw("billing");
        HttpResponse<String> absent = get("/api/balances");
        gateway.route("billing", URI.create("http://127.0.0.1:1"));
        HttpResponse<String> refused = get("/api/balances");

        // When
        gateway.route("billing", base());

        // Then
        assertThat(absent.statusCode()).isEqualTo(502);
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body()).contains("\"code\":\"SERVICE_DOWN\"").contains("billing");
        assertThat(get("/api/balances").statusCode()).isEqualTo(201);
    }

    @Test
    void unknownPathsAreNotFoundAndTheKeysAreShown() throws Exception {
        // When
        HttpResponse<String> unknown = get("/elsewhere");
        HttpResponse<String> keys = get("/auth/v1/.well-known/jwks.json");

        // Then
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"code\":\"PATH_UNKNOWN\"");
        assertThat(keys.body()).isEqualTo(KEYS);
    }

    @Test
    void theSampleShopLoadsNothingFromElsewhere() throws Exception {
        // Given, When
        HttpResponse<String> page = get("/shop/?session_id=cs_test_1");
        HttpResponse<String> script = get("/shop/shop.js");

        // Then
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
        assertThat(page.body()).contains("shop.js").doesNotContain("<script>").doesNotContain("https://");
        assertThat(script.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
        assertThat(get("/shop/other.js").statusCode()).isEqualTo(404);
    }

    @Test
    void trickyPathsAreRefusedBeforeRouting() throws Exception {
        for (String target : new String[] {"/api/account/../admin", "/api//account", "/api/account;x", "/api/a%2Fb"}) {
            assertThat(rawStatus(target)).as(target).isEqualTo("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    void aClientThatLeavesEndsItsStream() throws Exception {
        // Given
        Socket client = connect();
        write(client, "GET /api/plans HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.getInputStream().read()).isNotNegative();

        // When
        client.close();

        // Then
        await().untilTrue(brokenOff);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.baseUrl() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String rawStatus(String target) throws IOException {
        try (Socket client = connect()) {
            write(client, "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    private Socket connect() throws IOException {
        URI base = URI.create(gateway.baseUrl());
        return new Socket(base.getHost(), base.getPort());
    }

    private static void write(Socket client, String request) throws IOException {
        client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort());
    }

    private void echo(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders()
                .add(
                        "X-Seen",
                        String.join(
                                " ",
                                exchange.getRequestMethod(),
                                exchange.getRequestURI().toString(),
                                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                                exchange.getRequestHeaders().getFirst("X-Forwarded-For")));
        exchange.sendResponseHeaders(201, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void twoHalves(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write("first\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        try {
            if (secondHalf.await(10, TimeUnit.SECONDS)) {
                out.write("second".getBytes(StandardCharsets.UTF_8));
            }
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes, as fast as it is read, until nobody reads any more. */
    private void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            while (!secondHalf.await(0, TimeUnit.SECONDS)) {
                exchange.getResponseBody().write(new byte[64_000]);
            }
        } catch (IOException e) {
            brokenOff.set(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }
}
