package dev.keizoku.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.operator.ForwardCompatibleMapper;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruningTest {
  private static final String TEMPLATE =
      """
      {"nodeName": "node-1", "serviceAccountName": "research", "restartPolicy": "Never",
       "volumes": [{"name": "run-file", "configMap": {"name": "finance-1"}}, {"name": "tmp", "emptyDir": {}}],
       "tolerations": [{"key": "nvidia.com/gpu", "operator": "Exists"}],
       "initContainers": [{"name": "proxy", "image": "proxy", "restartPolicy": "Always"}],
       "containers": [{"name": "program", "image": "keizoku/trainer:1", "args": ["train", "/run/run.yaml"],
         "env": [{"name": "AWS_REGION", "value": "tokyo"}], "ports": [{"containerPort": 8081}],
         "volumeMounts": [{"name": "run-file", "mountPath": "/run"}],
         "resources": {"limits": {"nvidia.com/gpu": "4"}}}]}
      """;

  private static final String JOB =
      """
      {"apiVersion": "batch/v1", "kind": "Job",
       "metadata": {"name": "finance-1", "namespace": "team", "uid": "j1", "creationTimestamp": "2026-11-28T06:00:00Z",
         "labels": {"keizoku.dev/name": "finance", "batch.kubernetes.io/job-name": "finance-1", "kueue.x-k8s.io/queue-name": "research"}, "annotations": {"keizoku.dev/run-uid": "r1"}},
       "spec": {"backoffLimit": 0, "suspend": %s, "managedBy": "kueue.x-k8s.io/multikueue", "parallelism": 1,
         "selector": {"matchLabels": {"batch.kubernetes.io/controller-uid": "j1"}},
         "template": {"metadata": {"labels": {"a": "b"}}, "spec": %s}},
       "status": {"startTime": "2026-11-28T06:00:01Z", "conditions": [%s]}}
      """;

  private static final String POD =
      """
      {"apiVersion": "v1", "kind": "Pod",
       "metadata": {"name": "finance-1-x", "namespace": "team", "uid": "p1", "creationTimestamp": "2026-11-28T06:00:02Z",
         "annotations": {"cni.projectcalico.org/podIP": "10.0.0.7/32"},
         "ownerReferences": [{"apiVersion": "batch/v1", "kind": "Job", "name": "finance-1", "uid": "j1", "controller": true}]},
       "spec": %s,
       "status": {"phase": "%s", "reason": "Evicted", "message": "The node was low on memory.", "podIP": "10.0.0.7",
         "hostIP": "10.0.0.1", "qosClass": "Burstable",
         "conditions": [{"type": "PodScheduled", "status": "False", "message": "0/3 nodes"},
           {"type": "DisruptionTarget", "status": "True", "reason": "EvictionByEvictionAPI", "message": "drained"}],
         "initContainerStatuses": [{"name": "proxy", "image": "proxy", "imageID": "p"}],
         "containerStatuses": [{"name": "program", "image": "keizoku/trainer:1", "imageID": "keizoku/trainer@sha256:1",
           "ready": false, "restartCount": 0, "volumeMounts": [{"name": "run-file", "mountPath": "/run"}],
           "state": {%s}}]}}
      """;

  private KubernetesSerialization operators;
  private final KubernetesSerialization whole = new KubernetesSerialization();

  @BeforeEach
  void customize() {
    var mapper = new ObjectMapper();
    new ForwardCompatibleMapper().customize(mapper);
    operators = new KubernetesSerialization(mapper, true);
  }

  @Test
  void whatIsEmptyIsKeptOnceAndReadsAsBefore() {
    var list = "{\"kind\": \"JobList\", \"items\": [" + JOB.formatted("true", TEMPLATE, "") + "]}";
    var job = operators.unmarshal(list, JobList.class).getItems().getFirst();
    var pod = job.getSpec().getTemplate().getSpec();
    assertThat(pod.getVolumes()).isEmpty();
    assertThat(pod.getVolumes()).isSameAs(job.getMetadata().getFinalizers());
    assertThat(pod.getAdditionalProperties()).isSameAs(job.getAdditionalProperties());
    assertThat(pod.getContainers().getFirst().getArgs()).isSameAs(pod.getTolerations());
    var copy = new JobBuilder(job).editMetadata().addToFinalizers("a/b").endMetadata().build();
    assertThat(copy.getMetadata().getFinalizers()).containsExactly("a/b");
    assertThat(job.getMetadata().getFinalizers()).isEmpty();
    assertThat(operators.asJson(operators.clone(job))).isEqualTo(operators.asJson(job));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"waiting\": {\"reason\": \"ImagePullBackOff\", \"message\": \"no such image\"}",
        "\"running\": {\"startedAt\": \"2026-11-28T06:00:03Z\"}",
        "\"terminated\": {\"exitCode\": 3, \"reason\": \"Error\", \"message\": \"{}\","
            + " \"startedAt\": \"2026-11-28T06:00:03Z\", \"finishedAt\": \"2026-11-28T06:10:00Z\"}"
      })
  void aLookSeesTheSame(String state) {
    var phase = state.contains("terminated") ? "Failed" : "Pending";
    var pod = POD.formatted(TEMPLATE, phase, state);
    var failed =
        "{\"type\": \"Failed\", \"status\": \"True\", \"reason\": \"R\", \"message\": \"m\"}";
    for (var job :
        List.of(JOB.formatted(true, TEMPLATE, ""), JOB.formatted(false, TEMPLATE, failed))) {
      var all =
          JobObserver.observe(
              whole.unmarshal(job, Job.class), List.of(whole.unmarshal(pod, Pod.class)));
      assertThat(
              JobObserver.observe(listed(job, JobList.class), List.of(listed(pod, PodList.class))))
          .isEqualTo(all);
      assertThat(JobObserver.observe(watched(job, Job.class), List.of(watched(pod, Pod.class))))
          .isEqualTo(all);
      assertThat(all.pod()).isNotNull();
      assertThat(all.gpus()).isEqualTo(4);
    }
  }

  @Test
  void littleOfThemIsKept() {
    var job = JOB.formatted(false, TEMPLATE, "");
    var pod = POD.formatted(TEMPLATE, "Running", "");
    assertThat(listed(job, JobList.class).getSpec().getSelector()).isNotNull();
    for (var kept :
        List.of(
            listed(job, JobList.class),
            watched(job, Job.class),
            listed(pod, PodList.class),
            watched(pod, Pod.class))) {
      assertThat(operators.asJson(kept))
          .contains("nvidia.com/gpu", "team")
          .doesNotContain(
              "annotations", "job-name", "volumes", "env", "args", "tolerations", "initContainer");
    }
    var file =
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "finance-1"}, "data": {"run.yaml": "long"}}
        """;
    assertThat(listed(file, ConfigMapList.class).getData()).isNull();
  }

  /** As Go writes an object of which nothing is set. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": {\"resourceVersion\": \"7\","
            + " \"creationTimestamp\": null}, \"spec\": {\"containers\": null}, \"status\": {}}",
        "{\"kind\": \"Job\", \"apiVersion\": \"batch/v1\", \"metadata\": {\"resourceVersion\": \"7\"},"
            + " \"spec\": {\"template\": {\"metadata\": {}, \"spec\": {\"containers\": null}}}, \"status\": {}}",
        "{\"kind\": \"ConfigMap\", \"apiVersion\": \"v1\", \"metadata\": {\"resourceVersion\": \"7\"}}"
      })
  void bookmarksAreRead(String object) {
    var bookmark = "{\"type\": \"BOOKMARK\", \"object\": %s}".formatted(object);
    var read = (HasMetadata) operators.unmarshal(bookmark, WatchEvent.class).getObject();
    assertThat(read.getMetadata().getResourceVersion()).isEqualTo("7");
  }

  @Test
  void whatIsAskedForByNameAndOurOwnKindsAreWhole() {
    var pod = POD.formatted(TEMPLATE, "Running", "");
    assertThat(operators.unmarshal(pod, Pod.class).getSpec().getVolumes()).hasSize(2);
    var corpus =
        watched(
            """
            {"apiVersion": "keizoku.dev/v1alpha1", "kind": "FinCorpus",
             "metadata": {"name": "finance", "annotations": {"keizoku.dev/retry": "2"}}, "spec": {}}
            """,
            HasMetadata.class);
    assertThat(corpus.getMetadata().getAnnotations()).containsEntry("keizoku.dev/retry", "2");
  }

  private <L extends KubernetesResourceList<T>, T extends HasMetadata> T listed(
      String item, Class<L> list) {
    return operators.unmarshal("{\"items\": [%s]}".formatted(item), list).getItems().getFirst();
  }

  private <T> T watched(String object, Class<T> kind) {
    var event = "{\"type\": \"ADDED\", \"object\": %s}".formatted(object);
    return kind.cast(operators.unmarshal(event, WatchEvent.class).getObject());
  }
}
