package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The pod that plans a training: small where a plan is reckoned, like the run's own where it is
 * timed.
 */
class PlanPodIT {
  @RegisterExtension private final Scene scene = new Scene();

  @BeforeEach
  void begin() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.buildCorpus("abab", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
  }

  @Test
  void thePodIsSmallAnywhereAndInNoQueue() {
    scene.apply(
        ContinualPretrain.class,
        PlanIT.ON_GPUS.replace(
            "spec:\n",
            """
            spec:
              queueName: team-a
              podTemplate:
                nodeSelector: {nvidia.com/gpu.product: NVIDIA-H200}
                tolerations: [{key: nvidia.com/gpu, operator: Exists}]
                env: [{name: HF_ENDPOINT, value: "http://hub"}]
                volumes:
                - {name: models, emptyDir: {}}
                - {name: scratch, emptyDir: {sizeLimit: 500Gi}}
                volumeMounts: [{name: models, mountPath: /models}]
            """));
    var job = scene.jobs.awaitPlan("tuned");
    assertThat(job.getSpec().getSuspend()).isFalse();
    assertThat(job.getMetadata().getLabels()).doesNotContainKey("kueue.x-k8s.io/queue-name");
    var pod = job.getSpec().getTemplate().getSpec();
    assertThat(pod.getNodeSelector()).isNullOrEmpty();
    assertThat(pod.getTolerations()).hasSize(1);
    assertThat(pod.getVolumes()).extracting(v -> v.getName()).contains("models", "scratch");
    assertThat(pod.getVolumes())
        .filteredOn(v -> v.getName().equals("scratch"))
        .allSatisfy(v -> assertThat(v.getEmptyDir().getSizeLimit()).isNull());
    var container = pod.getContainers().getFirst();
    assertThat(container.getArgs()).contains("--gpu-product=NVIDIA-H200");
    assertThat(container.getEnv()).extracting(e -> e.getName()).contains("HF_ENDPOINT");
    assertThat(container.getResources().getRequests())
        .containsOnlyKeys("cpu", "memory")
        .containsEntry("memory", new Quantity("128Mi"));
    // The API server admits it as restricted.
    scene.jobs.start(job, "pod");
  }

  @Test
  void cpuRanksAreToldThePodsMemory() {
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN);
    var pod = scene.jobs.awaitPlan("tuned").getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers().getFirst().getArgs())
        .containsExactly("plan", "/etc/keizoku/run.yaml", "--pod-memory=8589934592", "--calibrate");
  }

  @Test
  void aRunOnCpusIsTimedInAPodLikeItsOwnUnlessAQueueWaits() {
    var manifest =
        Manifests.PRETRAIN.replace(
            "spec:\n",
            """
            spec:
              podTemplate:
                nodeSelector: {cpu: fast}
                resources: {requests: {cpu: "2"}, limits: {memory: 6Gi, nvidia.com/gpu: 4}}
            """);
    scene.apply(ContinualPretrain.class, manifest);
    var pod = scene.jobs.awaitPlan("tuned").getSpec().getTemplate().getSpec();
    assertThat(pod.getNodeSelector()).containsEntry("cpu", "fast");
    var resources = pod.getContainers().getFirst().getResources();
    assertThat(resources.getRequests()).containsEntry("cpu", new Quantity("2"));
    assertThat(resources.getLimits()).containsOnly(Map.entry("memory", new Quantity("6Gi")));

    scene.apply(
        ContinualPretrain.class,
        manifest
            .replace("name: tuned", "name: waits")
            .replace("spec:\n", "spec:\n  queueName: team-a\n"));
    var small = scene.jobs.awaitPlan("waits").getSpec().getTemplate().getSpec();
    assertThat(small.getNodeSelector()).isNullOrEmpty();
    assertThat(small.getContainers().getFirst().getArgs()).doesNotContain("--calibrate");
  }

  @Test
  void autoWithoutAGpuIsPlannedForCpus() {
    var auto = Manifests.PRETRAIN.replace("deviceType: cpu", "deviceType: auto");
    scene.apply(
        ContinualPretrain.class,
        auto.replace(
            "spec:\n",
            """
            spec:
              podTemplate: {resources: {limits: {nvidia.com/gpu: 0, memory: 8Gi}}}
            """));
    var job = scene.jobs.awaitPlan("tuned");
    assertThat(FakeJobs.program(job).getArgs())
        .contains("--device=cpu", "--pod-memory=8589934592", "--calibrate");
    var planning = scene.awaitReason(ContinualPretrain.class, "tuned", "Planning");
    assertThat(planning.getStatus().columns().gpus()).isEqualTo("4 (cpu)");
  }

  @Test
  void autoWithGpusIsPlannedForThem() {
    scene.apply(
        ContinualPretrain.class, Manifests.PRETRAIN.replace("deviceType: cpu", "deviceType: auto"));
    var job = scene.jobs.awaitPlan("tuned");
    assertThat(FakeJobs.program(job).getArgs()).doesNotContain("--device=cpu", "--calibrate");
    // Nor does its run ever turn to processors where it finds no GPU.
    var volumes = job.getSpec().getTemplate().getSpec().getVolumes();
    var file =
        volumes.stream()
            .filter(volume -> volume.getConfigMap() != null)
            .map(volume -> scene.runFileOf(volume.getConfigMap().getName(), TrainRun.class))
            .findFirst()
            .orElseThrow();
    assertThat(file.parallelism().deviceType()).isEqualTo(Parallelism.DeviceType.GPU);
  }
}
