package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may talk to whom: this table, and nobody else. */
class FlowsTest {
    private static final Map<String, List<String>> FLOWS = Map.of(
            "webhook-ingest",
            List.of(
                    "< ingress http",
                    "< monitoring management",
                    "< probe http",
                    "> internet 443",
                    "> kafka 9093",
                    "> kube-system 53",
                    "> postgres 5432",
                    "> valkey 6379"),
            "provisioning-service",
            List.of(
                    "< ingress http",
                    "< monitoring management",
                    "< probe http",
                    "> internet 443",
                    "> internet 587",
                    "> kafka 9093",
                    "> kube-system 53",
                    "> postgres 5432"),
            "billing-ledger",
            List.of(
                    "< ingress http",
                    "< monitoring management",
                    "< probe http",
                    "> internet 443",
                    "> internet 587",
                    "> kafka 9093",
                    "> kube-system 53",
                    "> postgres 5432",
                    "> valkey 6379"),
            "voucher-service",
            List.of(
                    "< ingress http",
                    "< monitoring management",
                    "< probe http",
                    "> internet 443",
                    "> internet 587",
                    "> kafka 9093",
                    "> kube-system 53",
                    "> postgres 5432",
                    "> valkey 6379"),
            "migrations",
            List.of("> kube-system 53", "> postgres 5432"));

    @Test
    void thePoliciesAreTheTable() {
        // When
        Map<String, List<String>> flows = new TreeMap<>();
        for (NetworkPolicy policy : Chart.objects("production", NetworkPolicy.class)) {
            flows.put(policy.getMetadata().getName().substring(Chart.PREFIX.length()), flows(policy));
        }

        // Then
        assertThat(flows).containsExactlyInAnyOrderEntriesOf(FLOWS);
    }

    @Test
    void tracesGoWhereTheyAreWantedAndNowhereElse() {
        assertThat(Chart.objects("production", NetworkPolicy.class))
                .noneSatisfy(policy -> assertThat(flows(policy)).contains("> monitoring 4318"));
        assertThat(Chart.objects("external-kafka", NetworkPolicy.class))
                .filteredOn(policy -> !policy.getMetadata().getName().endsWith("-migrations"))
                .hasSize(4)
                .allSatisfy(policy -> assertThat(flows(policy)).contains("> monitoring 4318"));
    }

    @Test
    void whatNoPolicyNamesIsForbidden() {
        assertThat(Chart.objects("production", NetworkPolicy.class))
                .allSatisfy(
                        policy -> assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress"));
    }

    private static List<String> flows(NetworkPolicy policy) {
        TreeSet<String> flows = new TreeSet<>();
        policy.getSpec().getIngress().forEach(rule -> add(flows, "<", rule.getFrom(), rule.getPorts()));
        policy.getSpec().getEgress().forEach(rule -> add(flows, ">", rule.getTo(), rule.getPorts()));
        return List.copyOf(flows);
    }

    private static void add(
            TreeSet<String> flows, String way, List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
        // Nobody listed would be everybody.
        assertThat(peers).isNotEmpty();
        assertThat(ports).isNotEmpty();
        peers.forEach(peer -> ports.forEach(
                port -> flows.add(way + " " + name(peer) + " " + port.getPort().getValue())));
    }

    private static String name(NetworkPolicyPeer peer) {
        if (peer.getIpBlock() != null) {
            return "internet";
        }
        Map<String, String> labels = peer.getNamespaceSelector() == null
                ? peer.getPodSelector().getMatchLabels()
                : peer.getNamespaceSelector().getMatchLabels();
        return labels.getOrDefault(
                "kubernetes.io/metadata.name", labels.getOrDefault("app.kubernetes.io/name", "everybody"));
    }
}
