package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The mail server of the stories: whatever the services send ends here, with everybody's letters. */
final class Mailbox implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int FREE_PORT = 0;

    private final GreenMail server;

    private Mailbox(GreenMail server) {
        this.server = server;
    }

    /** A letter as it came. */
    record Letter(String subject, String text) {}

    static Mailbox open() {
        GreenMail server = new GreenMail(new ServerSetup(
                FREE_PORT, InetAddress.getLoopbackAddress().getHostAddress(), ServerSetup.PROTOCOL_SMTP));
        server.start();
        return new Mailbox(server);
    }

    /** What a service needs to be told to send letters, and to send them here: letters are off otherwise. */
    Map<String, String> environment() {
        String host = server.getSmtp().getBindTo();
        String port = Integer.toString(server.getSmtp().getPort());
        return Map.of(
                "QUITTANCE_ORDER_MAILS", "true",
                "QUITTANCE_FULFILMENT_MAIL_EVERY", "1s",
                "QUITTANCE_RECEIPTS_BY", "MAIL",
                "QUITTANCE_RECEIPTS_EVERY", "1s",
                "QUITTANCE_VOUCHER_MAIL", "true",
                "QUARKUS_MAILER_HOST", host,
                "QUARKUS_MAILER_PORT", port,
                "QUITTANCE_MAIL_HOST", host,
                "QUITTANCE_MAIL_PORT", port);
    }

    /** All letters to somebody, in the order in which they came. */
    List<Letter> to(String address) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(message -> isTo(message, address))
                .map(Mailbox::letter)
                .toList();
    }

    /** Waits until somebody has these letters, each so often as it is named, and no other. */
    void awaitSubjects(String address, String... subjects) {
        await("letters to " + address)
                .atMost(StoryStack.PATIENCE)
                .pollInterval(POLL)
                .untilAsserted(() ->
                        assertThat(to(address)).extracting(Letter::subject).containsExactlyInAnyOrder(subjects));
    }

    /** The letter to somebody that says so, and says it alone. */
    Letter only(String address, String subject, String... words) {
        List<Letter> found = to(address).stream()
                .filter(letter -> letter.subject().equals(subject))
                .filter(letter -> Arrays.stream(words).allMatch(letter.text()::contains))
                .toList();
        assertThat(found)
                .as("letters with %s to %s, of %s", List.of(words), address, to(address))
                .hasSize(1);
        return found.getFirst();
    }

    private static boolean isTo(MimeMessage message, String address) {
        try {
            Address[] recipients = message.getAllRecipients();
            return recipients != null
                    && Arrays.stream(recipients)
                            .anyMatch(recipient -> recipient.toString().equalsIgnoreCase(address));
        } catch (MessagingException e) {
            throw new IllegalStateException("no letter", e);
        }
    }

    private static Letter letter(MimeMessage message) {
        try {
            return new Letter(
                    message.getSubject(), message.getContent().toString().replace("\r\n", "\n"));
        } catch (MessagingException e) {
            throw new IllegalStateException("no letter", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
