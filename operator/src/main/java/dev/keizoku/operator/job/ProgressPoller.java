package dev.keizoku.operator.job;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.contract.run.CheckpointWish;
import dev.keizoku.operator.naming.Labels;
import dev.keizoku.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ExternalResourceCachingEventSource;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each running pod for {@code GET /progress} every few seconds and wakes the resource when the
 * answer is news. Nothing waits for an answer: requests are asynchronous, at most one a pod.
 *
 * @param <P> the resource that the pods belong to
 */
public final class ProgressPoller<P extends HasMetadata>
    extends ExternalResourceCachingEventSource<HeardProgress, P, String> {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressPoller.class);
  private static final String PROGRESS = "progress";
  private static final long ANSWER_LIMIT_BYTES = 64 * 1024;

  private final OperatorSettings.Progress settings;
  private final Supplier<Stream<Pod>> pods;
  private final Function<ResourceID, Optional<String>> wishes;
  private final BooleanSupplier works;
  private final Clock time;
  private final ProgressNews news;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private HttpClient http;
  private ExecutorService answers;
  private ScheduledExecutorService clock;

  /**
   * Asks those pods.
   *
   * @param pods reads an informer's cache
   * @param wishes for a checkpoint, of a resource
   * @param works false while this operator only stands by, with its caches filled: pods are asked
   *     by the one that works
   * @param time when an answer comes
   */
  public ProgressPoller(
      OperatorSettings.Progress settings,
      Supplier<Stream<Pod>> pods,
      Function<ResourceID, Optional<String>> wishes,
      BooleanSupplier works,
      Clock time) {
    super("progress", HeardProgress.class, heard -> PROGRESS);
    this.settings = settings;
    this.pods = pods;
    this.wishes = wishes;
    this.works = works;
    this.time = time;
    this.news = new ProgressNews(settings.writeInterval());
  }

  @Override
  public void start() {
    super.start();
    // Its own way is a thread an answer, and keeps each.
    answers = Executors.newVirtualThreadPerTaskExecutor();
    http = HttpClient.newBuilder().executor(answers).connectTimeout(settings.timeout()).build();
    clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress-clock").factory());
    var interval = settings.interval().toMillis();
    clock.scheduleWithFixedDelay(this::askAll, interval, interval, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    super.stop();
    if (clock != null) {
      clock.shutdownNow();
      http.shutdownNow();
      answers.shutdownNow();
    }
  }

  private void askAll() {
    if (!works.getAsBoolean()) {
      return;
    }
    try {
      var running =
          pods.get()
              .filter(pod -> PodObserver.observe(pod).running())
              .collect(Collectors.toMap(ProgressPoller::owner, pod -> pod, (one, other) -> other));
      running.forEach(this::ask);
      getCache().keySet().stream()
          .filter(owner -> !running.containsKey(owner))
          .toList()
          .forEach(this::handleDelete);
      news.keepOnly(running.keySet());
    } catch (RuntimeException e) {
      // The clock stops for good when a task throws.
      LOG.warn("Asking the pods for their progress failed; it is tried again.", e);
    }
  }

  private void ask(ResourceID owner, Pod pod) {
    var ip = pod.getStatus().getPodIP();
    if (ip == null || !asked.add(pod.getMetadata().getUid())) {
      return;
    }
    var host = ip.contains(":") ? "[" + ip + "]" : ip;
    var request =
        HttpRequest.newBuilder(
                URI.create("http://" + host + ":" + port(pod) + "/progress" + wish(owner)))
            .timeout(settings.timeout())
            .build();
    var asking =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_LIMIT_BYTES));
    // The request's own limit ends with the answer's head; a body may never come to its end.
    clock.schedule(
        () -> asking.cancel(true), settings.timeout().toMillis() * 2, TimeUnit.MILLISECONDS);
    asking.whenComplete(
        (answer, fault) -> {
          asked.remove(pod.getMetadata().getUid());
          if (fault == null) {
            hear(owner, answer);
          } else {
            LOG.debug("No progress from pod {}: {}", pod.getMetadata().getName(), fault);
          }
        });
  }

  private String wish(ResourceID owner) {
    return wishes
        .apply(owner)
        .map(CheckpointWish::of)
        .map(wish -> URLEncoder.encode(wish, StandardCharsets.UTF_8))
        .map(wish -> "?" + CheckpointWish.PARAMETER + "=" + wish)
        .orElse("");
  }

  private void hear(ResourceID owner, HttpResponse<String> answer) {
    var said =
        answer.statusCode() == HttpURLConnection.HTTP_OK
            ? ProgramWords.progress(answer.body())
            : Optional.<ProgressReport>empty();
    said.ifPresentOrElse(
        report -> hear(owner, report), () -> LOG.debug("Progress of {} is not understood.", owner));
  }

  private void hear(ResourceID owner, ProgressReport report) {
    var now = time.instant();
    var before = getCache().getOrDefault(owner, Map.of()).get(PROGRESS);
    var heard = HeardProgress.after(before, report, now);
    handleResources(owner, Set.of(heard), news.is(owner, report, now));
  }

  /** Its own: an installation that was upgraded may give other pods another. */
  private int port(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> PodShape.PROGRAM.equals(container.getName()))
        .flatMap(container -> container.getPorts().stream())
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElse(settings.port());
  }

  private static ResourceID owner(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return new ResourceID(labels.get(Labels.NAME), pod.getMetadata().getNamespace());
  }
}
