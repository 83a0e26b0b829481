package dev.quittance.deploy.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether somebody answers at an address: refusing a stranger is an answer, failing is none. */
public final class Probe {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final int SERVER_ERROR = 500;

    public boolean answers(URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(ANSWER_MAX).GET().build();
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            System.out.printf("%s answered %d%n", address, status);
            return status < SERVER_ERROR;
        } catch (IOException e) {
            System.out.printf("%s does not answer: %s%n", address, e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
