package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.crd.v1alpha1.ClusterRunProfile;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.RunProfile;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a run takes from its profile, when, and what the profile does not let it have. */
class ProfileIT {
  private static final String SMALL =
      """
      metadata: {name: small}
      spec:
        images: {corpus: "registry.example.com/corpus:%s"}
        storage: {bucket: research, endpoint: "http://store.example.com:9000"}
        podTemplate:
          labels: {team: research, tier: small}
          nodeSelector: {pool: cpu}
          env: [{name: HTTPS_PROXY, value: "http://proxy:3128"}, {name: MODE, value: profile}]
          resources: {requests: {cpu: 250m, memory: 1Gi}, limits: {memory: 2Gi}}
          terminationGracePeriodSeconds: 300
      """;

  private static final String LIMITED =
      """
      metadata: {name: limited}
      spec:
        limits:
          images: [registry.example.com/keizoku]
          baseModels: [s3://models]
          addresses: [s3://, https://www.fsa.go.jp]
          buckets: [models, keizoku]
          gpus: 4
          gpuHours: 10
      """;

  @RegisterExtension private final Scene scene = new Scene();

  private static String under(String yaml, String kind, String name) {
    return yaml.replace(
        "spec:\n", "spec:\n  profileRef: {kind: %s, name: %s}\n".formatted(kind, name));
  }

  @Test
  void aRunTakesFromItsProfileWhatItDoesNotSayAndKeepsItToItsEnd() {
    scene.apply(RunProfile.class, SMALL.formatted("1"));
    var own =
        "spec:\n  podTemplate: {labels: {tier: own}, env: [{name: MODE, value: own}],"
            + " resources: {limits: {memory: 3Gi}}}\n";
    scene.apply(
        FinCorpus.class,
        under(Manifests.CORPUS, "RunProfile", "small").replaceFirst("spec:\n", own));
    var pod = assertUnderIt(scene.jobs.awaitJob("finance", 1).getSpec().getTemplate());
    assertThat(scene.runFile("finance", CorpusRun.class).storage().endpoint())
        .isEqualTo("http://store.example.com:9000");
    var status = scene.get(FinCorpus.class, "finance").runStatus();
    assertThat(status.output()).startsWith("s3://research/");
    assertThat(status.profile().generation()).isEqualTo(1);

    // The next attempt is as the first was, whatever the profile says by then.
    scene.patch(
        RunProfile.class,
        "small",
        "{\"spec\":{\"images\":{\"corpus\":\"registry.example.com/corpus:2\"},\"storage\":null}}");
    scene.jobs.end(scene.jobs.start("finance", 1), 1, "Exception: first");
    var second = scene.jobs.awaitJob("finance", 2).getSpec().getTemplate();
    assertThat(assertUnderIt(second)).isEqualTo(pod);

    // Another run takes that of today.
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"runId\":\"again\"}}");
    var again = scene.await(FinCorpus.class, "finance", c -> "again".equals(c.runStatus().runId()));
    var job = scene.jobs.awaitJobOf("finance", again.runStatus().runUid());
    assertThat(FakeJobs.program(job).getImage()).isEqualTo("registry.example.com/corpus:2");
    assertThat(again.runStatus().profile().generation()).isEqualTo(2);
    assertThat(again.runStatus().output()).startsWith("s3://keizoku/");
  }

  private static String assertUnderIt(PodTemplateSpec template) {
    assertThat(template.getMetadata().getLabels())
        .containsEntry("team", "research")
        .containsEntry("tier", "own");
    var pod = template.getSpec();
    assertThat(pod.getNodeSelector()).containsEntry("pool", "cpu");
    assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(300);
    var program = pod.getContainers().getFirst();
    assertThat(program.getImage()).startsWith("registry.example.com/corpus");
    assertThat(program.getEnv())
        .contains(new EnvVar("HTTPS_PROXY", "http://proxy:3128", null))
        .contains(new EnvVar("MODE", "own", null))
        .doesNotContain(new EnvVar("MODE", "profile", null));
    assertThat(program.getResources().getLimits()).containsEntry("memory", new Quantity("3Gi"));
    assertThat(program.getResources().getRequests()).containsEntry("cpu", new Quantity("250m"));
    return Serialization.asYaml(pod.getNodeSelector())
        + Serialization.asYaml(program.getResources());
  }

  @Test
  void aProfileThatIsNotThereIsWaitedFor() {
    var name = "later-" + scene.namespace;
    scene.apply(FinCorpus.class, under(Manifests.CORPUS, "ClusterRunProfile", name));
    var waits = scene.awaitReason(FinCorpus.class, "finance", "ProfileNotFound");
    assertThat(waits.runStatus().phase()).isEqualTo(Phase.PENDING);
    assertThat(waits.runStatus().message()).contains("ClusterRunProfile " + name, "create it");
    assertThat(scene.jobs.jobs("finance")).isEmpty();
    var profile =
        Serialization.unmarshal(
            SMALL.formatted("1").replace("name: small", "name: " + name), ClusterRunProfile.class);
    scene.client.resource(profile).create();
    assertThat(FakeJobs.program(scene.jobs.awaitJob("finance", 1)).getImage())
        .isEqualTo("registry.example.com/corpus:1");
  }

  @Test
  void whatItDoesNotAllowIsSaidAndDoesNotBegin() {
    scene.apply(RunProfile.class, LIMITED);
    scene.apply(
        ContinualPretrain.class,
        under(Manifests.PRETRAIN, "RunProfile", "limited")
            .replace("deviceType: cpu", "deviceType: gpu")
            .replace("devices: 4", "devices: 8")
            .replace("globalBatchSize: 8", "globalBatchSize: 16")
            .replace("s3://keizoku/base/", "hf://Evil/base")
            .replace(
                "spec:\n",
                "spec:\n  image: evil/trainer\n  storage: {bucket: elsewhere}\n"
                    + "  budget: {gpuHours: 20}\n"));
    var refused = scene.awaitReason(ContinualPretrain.class, "tuned", "OutsideProfile");
    assertThat(refused.runStatus().condition("Stalled").orElseThrow().isTrue()).isTrue();
    assertThat(refused.runStatus().message())
        .contains(
            "RunProfile limited (generation 1) does not allow what this asks for: ",
            "spec.image is evil/trainer, allowed: registry.example.com/keizoku",
            "a model is hf://Evil/base, allowed: s3://models",
            "an address is hf://Evil/base, allowed: s3://, https://www.fsa.go.jp",
            "a bucket is elsewhere, allowed: models, keizoku",
            "GPUs: 8, allowed: 4",
            "budget.gpuHours: 20, allowed: 10");
    assertThat(scene.jobs.jobs("tuned")).isEmpty();
    scene.patch(
        ContinualPretrain.class,
        "tuned",
        "{\"spec\":{\"image\":null,\"storage\":{\"bucket\":\"keizoku\"},"
            + "\"baseModel\":{\"uri\":\"s3://models/base/\"},\"parallelism\":{\"devices\":4},"
            + "\"budget\":null}}");
    var waits = scene.awaitReason(ContinualPretrain.class, "tuned", "CorpusNotFound");
    assertThat(waits.runPolicy().budget().gpuHours()).isEqualTo(10);
  }

  @Test
  void whatFollowsAnAtSignIsAnotherHost() {
    scene.apply(RunProfile.class, LIMITED);
    var web = "https://www.fsa.go.jp@evil.example.com/x.html";
    scene.apply(
        FinCorpus.class,
        under(Manifests.CORPUS, "RunProfile", "limited").replace("s3://keizoku/raw/", web));
    var refused = scene.awaitReason(FinCorpus.class, "finance", "OutsideProfile").runStatus();
    assertThat(refused.message()).contains("an address is " + web + ", allowed: s3://");
    scene.patch(
        FinCorpus.class,
        "finance",
        "{\"spec\":{\"sources\":[{\"name\":\"news\",\"licence\":\"PDL-1.0\","
            + "\"uri\":\"https://www.fsa.go.jp/x.html\"}]}}");
    scene.jobs.awaitJob("finance", 1);
  }

  @Test
  void aRunThatHasBegunIsHeldToItWhateverIsEditedLater() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.buildCorpus("aaaa", 1);
    scene.apply(RunProfile.class, LIMITED.replace("[s3://models]", "[s3://keizoku]"));
    scene.applyPlanned(under(Manifests.PRETRAIN, "RunProfile", "limited"));
    var pod = scene.jobs.start("tuned", 1);
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
    edit("{\"spec\":{\"suspend\":true,\"profileRef\":null,\"image\":\"evil/trainer\"}}");
    Awaitility.await().until(() -> scene.jobs.attempts("tuned").isEmpty());
    scene.jobs.end(pod, 143, Manifests.saved(scene.uid("tuned"), 50));
    scene.awaitReason(ContinualPretrain.class, "tuned", "Suspended");
    scene.pods.remove(pod);
    edit("{\"spec\":{\"suspend\":false}}");
    var held = scene.awaitReason(ContinualPretrain.class, "tuned", "OutsideProfile");
    assertThat(held.runStatus().message()).contains("spec.image is evil/trainer");
    assertThat(held.runStatus().profile().name()).isEqualTo("limited");
    assertThat(held.runStatus().openAttempt()).isEmpty();
    edit("{\"spec\":{\"image\":null}}");
    scene.jobs.awaitJob("tuned", 2);
  }

  private void edit(String json) {
    scene.patch(ContinualPretrain.class, "tuned", json);
  }

  @Test
  void aFailedRunIsTriedAgainUnderTheProfileOfTodayWhereItHasWritten() {
    scene.apply(RunProfile.class, SMALL.formatted("1"));
    scene.apply(FinCorpus.class, under(Manifests.CORPUS, "RunProfile", "small"));
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    scene.jobs.end(pod, 42, Manifests.failure(uid, "BucketNotFound", "Make it."));
    var failed = scene.awaitPhase(FinCorpus.class, "finance", Phase.FAILED).runStatus();
    var changed = SMALL.formatted("2").replace("bucket: research", "bucket: elsewhere");
    var profile = Serialization.unmarshal(changed, RunProfile.class);
    scene.client.resource(scene.get(RunProfile.class, "small")).delete();
    scene.patch(
        FinCorpus.class,
        "finance",
        "{\"metadata\":{\"annotations\":{\"keizoku.dev/retry\":\"1\"}}}");
    scene.awaitReason(FinCorpus.class, "finance", "ProfileNotFound");
    scene.client.resource(profile).inNamespace(scene.namespace).create();
    var again = scene.jobs.awaitJob("finance", 2);
    assertThat(FakeJobs.program(again).getImage()).isEqualTo("registry.example.com/corpus:2");
    var status = scene.get(FinCorpus.class, "finance").runStatus();
    assertThat(status.output()).isEqualTo(failed.output()).startsWith("s3://research/");
    assertThat(status.profile().profile().storage().bucket()).isEqualTo("research");
    assertThat(status.profile().uid()).isNotEqualTo(failed.profile().uid());
  }
}
