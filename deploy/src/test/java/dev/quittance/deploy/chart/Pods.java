package dev.quittance.deploy.chart;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.TreeMap;

/** Every pod that a scenario makes, by the name of what makes it. */
final class Pods {
    private Pods() {}

    static Map<String, PodSpec> of(String scenario) {
        Map<String, PodSpec> pods = new TreeMap<>();
        Chart.objects(scenario, Deployment.class)
                .forEach(deployment -> pods.put(
                        deployment.getMetadata().getName(),
                        deployment.getSpec().getTemplate().getSpec()));
        Chart.objects(scenario, Job.class)
                .forEach(job -> pods.put(
                        job.getMetadata().getName(), job.getSpec().getTemplate().getSpec()));
        Chart.objects(scenario, Pod.class)
                .forEach(pod -> pods.put(pod.getMetadata().getName(), pod.getSpec()));
        return pods;
    }
}
