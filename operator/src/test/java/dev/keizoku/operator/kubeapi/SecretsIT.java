package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Nothing that the operator writes holds a key of the store, whatever a program says: not in a
 * ConfigMap, a Job, an event, a status or its own log.
 */
class SecretsIT {
  private static final String KEY = "k3y-Of-Th3-St0re/0123456789+abc";

  @RegisterExtension private final Scene scene = new Scene();

  @Test
  void theStoresKeysAreNowhere() {
    var log = new ByteArrayOutputStream();
    var before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      runWithKeys();
    } finally {
      System.setErr(before);
    }
    for (var list : written()) {
      assertThat(list.getItems()).isNotEmpty();
      assertThat(Serialization.asYaml(list)).doesNotContain(KEY);
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(KEY);
    var message = scene.get(FinCorpus.class, "finance").runStatus().attempts().getFirst().message();
    assertThat(message).contains("AWS_SECRET_ACCESS_KEY=***", "boom");
  }

  /** Files of the Secret follow it while the program runs, and nobody's environment has them. */
  @Test
  void podsReadTheKeysFromFiles() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.awaitJob("finance", 1).getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers().getFirst().getEnv())
        .noneMatch(variable -> variable.getValueFrom() != null)
        .extracting(EnvVar::getName)
        .contains("KEIZOKU_STORAGE_KEYS")
        .noneMatch(name -> name.startsWith("AWS_"));
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getProjected() != null)
        .flatExtracting(volume -> volume.getProjected().getSources())
        .extracting(source -> source.getSecret().getName())
        .containsOnly("keizoku-storage");
  }

  /** A judge's key is a file of the run's pod, not of the pod that plans it, and nowhere else. */
  @Test
  void aJudgesKeyIsAFileOfItsPodAlone() {
    secret("judge", Map.of("apiKey", KEY, "other", KEY));
    scene.apply(
        BenchmarkEval.class,
        Manifests.EVAL.replace(
                "continualPretrainRef:\n      name: tuned", "uri: s3://keizoku/tuned/")
            + "  generation: {}\n"
            + "  judge: {endpoint: \"http://judge.models.svc:8000/v1\", model: a-judge,"
            + " rubric: 正しさ, apiKeySecretRef: {name: judge}}\n");
    assertThat(scene.jobs.awaitPlan("compare").getSpec().getTemplate().getSpec().getVolumes())
        .noneMatch(volume -> volume.getName().equals("api-keys"));
    scene.planEvaluation("compare");
    var running = scene.jobs.start("compare", 1);
    var pod = scene.jobs.awaitJob("compare", 1).getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("api-keys"))
        .singleElement()
        .satisfies(mount -> assertThat(mount.getMountPath()).isEqualTo("/etc/keizoku-api-keys"))
        .satisfies(mount -> assertThat(mount.getReadOnly()).isTrue());
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().equals("api-keys"))
        .flatExtracting(volume -> volume.getProjected().getSources())
        .singleElement()
        .satisfies(
            source ->
                assertThat(Serialization.asYaml(source.getSecret()))
                    .contains("name: \"judge\"", "key: \"apiKey\"", "path: \"judge\"")
                    .doesNotContain("other"));
    var judge = scene.runFile("compare", EvalRun.class).judge();
    assertThat(judge.keyFile()).isEqualTo("/etc/keizoku-api-keys/judge");
    assertThat(judge.settings().api().model()).isEqualTo("a-judge");
    assertThat(judge.settings().api().numConcurrent()).isEqualTo(4);
    scene.jobs.end(running, 1, "Authorization: Bearer %s\nboom".formatted(KEY));
    var failed =
        scene.await(
            BenchmarkEval.class,
            "compare",
            eval ->
                eval.runStatus().attempts().getFirst().message() != null
                    && eval.runStatus().attempts().getFirst().message().contains("boom"));
    assertThat(Serialization.asYaml(failed)).doesNotContain(KEY);
    for (var list :
        List.of(
            scene.client.configMaps().inNamespace(scene.namespace).list(),
            scene.client.batch().v1().jobs().inNamespace(scene.namespace).list(),
            scene.client.v1().events().inNamespace(scene.namespace).list())) {
      assertThat(list.getItems()).isNotEmpty();
      assertThat(Serialization.asYaml(list)).doesNotContain(KEY);
    }
  }

  /** A run that an older operator began has an image that knows of no files. */
  @Test
  void aRunThatBeganWithoutFilesGoesOnWithoutThem() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var first = scene.jobs.start("finance", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    scene.stopOperator();
    scene
        .client
        .resources(FinCorpus.class)
        .inNamespace(scene.namespace)
        .withName("finance")
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"pinned\":{\"keysAsFiles\":null}}}");
    scene.startOperator();
    scene.jobs.end(first, 1, "Exception: first");
    var second = scene.jobs.awaitJob("finance", 2).getSpec().getTemplate().getSpec();
    assertThat(second.getContainers().getFirst().getEnv())
        .filteredOn(variable -> variable.getValueFrom() != null)
        .extracting(EnvVar::getName)
        .containsExactly("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
    assertThat(second.getVolumes()).noneMatch(volume -> volume.getProjected() != null);
  }

  private void runWithKeys() {
    secret("keizoku-storage", Map.of("AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", KEY));
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    // A program that crashes says what it wants, its environment for instance.
    scene.jobs.end(
        scene.jobs.start("finance", 1),
        1,
        "environment: AWS_SECRET_ACCESS_KEY=%s\nGET http://key:%s@minio:9000\nboom"
            .formatted(KEY, KEY));
    var pod = scene.jobs.start("finance", 2);
    var uid = scene.get(FinCorpus.class, "finance").runStatus().runUid();
    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abab"));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    scene.applyPlanned(Manifests.PRETRAIN);
    scene.jobs.start("tuned", 1);
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
  }

  private void secret(String name, Map<String, String> entries) {
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(scene.namespace)
            .withName(name)
            .endMetadata()
            .withStringData(entries)
            .build();
    scene.client.resource(secret).create();
  }

  private List<? extends KubernetesResourceList<?>> written() {
    var client = scene.client;
    return Stream.of(
            client.configMaps().inNamespace(scene.namespace).list(),
            client.batch().v1().jobs().inNamespace(scene.namespace).list(),
            client.v1().events().inNamespace(scene.namespace).list(),
            client.resources(FinCorpus.class).inNamespace(scene.namespace).list(),
            client.resources(ContinualPretrain.class).inNamespace(scene.namespace).list())
        .toList();
  }
}
