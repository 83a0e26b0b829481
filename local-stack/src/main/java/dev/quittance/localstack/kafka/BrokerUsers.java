package dev.quittance.localstack.kafka;

import dev.quittance.localstack.process.Await;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/** Makes the users of a guarded broker, each with its rights and no others. */
public final class BrokerUsers {
    private static final int ITERATIONS = 4096;
    private static final Duration MADE_MAX = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private BrokerUsers() {}

    /** Returns when the broker knows all of them: a client that is refused its login does not ask again. */
    public static void create(String bootstrapServers, Collection<BrokerUser> users) {
        List<UserScramCredentialAlteration> logins = users.stream()
                .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                        user.name(),
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                        user.password()))
                .toList();
        Set<String> names = users.stream().map(BrokerUser::name).collect(Collectors.toSet());
        Set<AclBinding> rights =
                users.stream().flatMap(user -> user.rights().stream()).collect(Collectors.toSet());
        try (Admin admin = KafkaTopics.admin(bootstrapServers)) {
            answer(admin.alterUserScramCredentials(logins).all());
            answer(admin.createAcls(rights).all());
            long deadline = System.nanoTime() + MADE_MAX.toNanos();
            while (!known(admin).containsAll(names) || !allowed(admin).containsAll(rights)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the broker does not know its users in time");
                }
                Await.pause(PAUSE);
            }
        }
    }

    private static Set<String> known(Admin admin) {
        return answer(admin.describeUserScramCredentials().all()).keySet();
    }

    private static Set<AclBinding> allowed(Admin admin) {
        return Set.copyOf(answer(admin.describeAcls(AclBindingFilter.ANY).values()));
    }

    private static <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get(MADE_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot make the broker's users: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
