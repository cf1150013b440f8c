package dev.keizoku.operator.kubeapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A namespace of its own with an operator, a fake Job controller and a fake program; as a test's
 * extension it ends with it.
 */
final class Scene implements AutoCloseable, AfterEachCallback {
  /** Far more than is ever needed, so that a busy machine makes nothing fail. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static {
    Awaitility.setDefaultTimeout(PATIENCE);
  }

  final KubernetesClient client = KubeApi.get().admin();
  final String namespace = KubeApi.get().newNamespace();
  final FakeJobs jobs = new FakeJobs(client, namespace);
  final FakePods pods = new FakePods(client, namespace);
  final FakeProgram program = new FakeProgram();
  private final AtomicReference<Runnable> beforeStatus = new AtomicReference<>();
  private volatile Consumer<URI> beforeEveryStatus = status -> {};
  private final AtomicInteger requests = new AtomicInteger();
  private OperatorUnderTest operator =
      new OperatorUnderTest(program.port(), this::beforeRequest, Map.of());

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  /** The corpus of {@link Manifests#CORPUS} is built; the run's identity. */
  String buildCorpus(String version, int attempt) {
    var pod = jobs.start("finance", attempt);
    var uid = get(FinCorpus.class, "finance").runStatus().runUid();
    jobs.end(pod, 0, corpusReport(uid, version));
    return uid;
  }

  OperatorUnderTest operator() {
    return operator;
  }

  void stopOperator() {
    operator.close();
    operator = null;
  }

  void startOperator() {
    startOperator(Map.of());
  }

  /** Starts it as another version of the chart would. */
  void startOperator(Map<String, String> installation) {
    operator = new OperatorUnderTest(program.port(), this::beforeRequest, installation);
  }

  /** Starts it with a clock that says that so much time has passed since. */
  void startOperatorLater(Duration time) {
    startOperatorLater(time, Map.of());
  }

  void startOperatorLater(Duration time, Map<String, String> installation) {
    operator = OperatorUnderTest.later(program.port(), time, installation);
  }

  /** Lets that happen once, after the operator's next look and before it has written the status. */
  void beforeNextStatus(Runnable event) {
    beforeStatus.set(event);
  }

  /** Lets that happen so many times before a status is written. */
  void beforeEachStatus(Runnable event, int times) {
    beforeStatus.set(
        () -> {
          if (times > 1) {
            beforeEachStatus(event, times - 1);
          }
          event.run();
        });
  }

  /** Lets that happen each time before a status is written, of the resource at that address. */
  void beforeEveryStatus(Consumer<URI> event) {
    beforeEveryStatus = event;
  }

  /**
   * How many requests its operators have made for what is in the namespace; watches are for all.
   */
  int requests() {
    return requests.get();
  }

  private void beforeRequest(URI address) {
    // What other tests have left is tried again here too.
    if (address.getPath().contains("/namespaces/" + namespace + "/")) {
      requests.incrementAndGet();
      if (address.getPath().endsWith("/status")) {
        beforeStatus(address);
      }
    }
  }

  private void beforeStatus(URI status) {
    beforeEveryStatus.accept(status);
    var event = beforeStatus.getAndSet(null);
    if (event != null) {
      event.run();
    }
  }

  <R extends HasMetadata> R apply(Class<R> kind, String yaml) {
    var resource = Serialization.unmarshal(yaml, kind);
    return client.resource(resource).inNamespace(namespace).create();
  }

  /** Applies a training and lets its plan end well. */
  void applyPlanned(String yaml) {
    var name = apply(ContinualPretrain.class, yaml).getMetadata().getName();
    plan(name);
  }

  /** Lets the plan of a training end well. */
  void plan(String name) {
    var pod = jobs.start(jobs.awaitPlan(name), "pod");
    jobs.end(pod, 0, Manifests.planReport(uid(name), true, "Planned", "Needs 1.50 GiB a device."));
  }

  /** Lets the plan of an evaluation end well. */
  void planEvaluation(String name) {
    var uid = get(BenchmarkEval.class, name).getMetadata().getUid();
    var pod = jobs.start(jobs.awaitPlan(name), "pod");
    jobs.end(pod, 0, Manifests.evalPlanReport(uid, true, "Planned", "2 models."));
  }

  /** Identity of a training, which is its run's too. */
  String uid(String name) {
    return get(ContinualPretrain.class, name).getMetadata().getUid();
  }

  /** What the program of the corpus {@code finance} says at its good end. */
  String corpusReport(String runUid, String version) {
    return Manifests.corpusReport(runUid, output(FinCorpus.class, "finance"), version);
  }

  /** What the program of the training {@code tuned} says at its good end. */
  String trainReport(String runUid) {
    return Manifests.trainReport(runUid, output(ContinualPretrain.class, "tuned"));
  }

  /** Where that run's artifacts go. */
  <R extends CustomResource<?, ?> & RunResource> String output(Class<R> kind, String name) {
    return get(kind, name).runStatus().output();
  }

  <R extends HasMetadata> R get(Class<R> kind, String name) {
    return client.resources(kind).inNamespace(namespace).withName(name).get();
  }

  /** Server-side merge patch of the spec, as {@code kubectl patch} does. */
  void patch(Class<? extends HasMetadata> kind, String name, String json) {
    client
        .resources(kind)
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  <R extends CustomResource<?, ?> & RunResource> R await(
      Class<R> kind, String name, Predicate<R> fact) {
    try {
      return Awaitility.await(name)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> get(kind, name), resource -> resource != null && fact.test(resource));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("It stands at:\n" + Serialization.asYaml(get(kind, name)), e);
    }
  }

  <R extends CustomResource<?, ?> & RunResource> void awaitGone(Class<R> kind, String name) {
    try {
      Awaitility.await(name).until(() -> get(kind, name) == null);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("It stands at:\n" + Serialization.asYaml(get(kind, name)), e);
    }
  }

  <R extends CustomResource<?, ?> & RunResource> R awaitPhase(
      Class<R> kind, String name, Phase phase) {
    return await(kind, name, resource -> resource.runStatus().phase() == phase);
  }

  <R extends CustomResource<?, ?> & RunResource> R awaitReason(
      Class<R> kind, String name, String reason) {
    return await(kind, name, resource -> reason.equals(reason(resource)));
  }

  /** Events on a resource for one reason. */
  List<Event> events(String name, String reason) {
    return events(name).stream().filter(event -> event.getReason().equals(reason)).toList();
  }

  /** All events on a resource. */
  List<Event> events(String name) {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .toList();
  }

  /** What the pod of a resource is told. */
  <T> T runFile(String name, Class<T> type) {
    var files =
        client.configMaps().inNamespace(namespace).withLabel("keizoku.dev/name", name).list();
    return read(files.getItems().getFirst(), type);
  }

  /** What the pod is told that mounts that ConfigMap. */
  <T> T runFileOf(String configMap, Class<T> type) {
    var file = client.configMaps().inNamespace(namespace).withName(configMap).get();
    return read(file, type);
  }

  /** As a program reads it, which knows nothing of the Kubernetes client. */
  private static <T> T read(ConfigMap file, Class<T> type) {
    try {
      return new YAMLMapper().readValue(file.getData().get("run.yaml"), type);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  static String reason(RunResource resource) {
    return resource.runStatus().condition("Ready").map(Condition::reason).orElse(null);
  }

  @Override
  public void close() {
    if (operator != null) {
      operator.close();
    }
    program.close();
    // No controller here would ever empty the namespace; the finalizers go with the resources.
  }
}
