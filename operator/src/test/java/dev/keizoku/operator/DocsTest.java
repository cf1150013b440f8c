package dev.keizoku.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.status.ContinualPretrainStatus;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.metrics.RunMeters;
import dev.keizoku.operator.words.RunReason;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents call by its name is there by that name. */
class DocsTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern SET =
      Pattern.compile("(?:`|--set )((?:[a-z]\\w*\\.)+\\w+)=", Pattern.CASE_INSENSITIVE);
  private static final Pattern METRIC = Pattern.compile("`(keizoku_\\w+)`");
  private static final Pattern ROW = Pattern.compile("(?m)^\\|(.*)\\|(.*)\\|(.*)\\|.*\\|$");
  private static final Pattern WORD = Pattern.compile("`(\\w+)`");

  private static String text(String path) throws IOException {
    return Files.readString(Path.of("..", path));
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/operations.md", "charts/keizoku/README.md", "README.md"})
  void eachValueOfTheChartIsThere(String document) throws IOException {
    var values = YAML.readTree(text("charts/keizoku/values.yaml"));
    assertThat(found(SET, text(document)))
        .allSatisfy(
            name -> {
              JsonNode at = values;
              for (var part : name.split("\\.")) {
                at = at.path(part);
              }
              assertThat(at.isMissingNode()).as(name).isFalse();
            });
  }

  @Test
  void eachMetricIsThereAndNoneIsLeftOut() throws IOException {
    assertThat(found(METRIC, text("docs/operations.md")).collect(Collectors.toSet()))
        .isEqualTo(metrics());
  }

  /** By the names that Prometheus sees. */
  private static Set<String> metrics() throws IOException {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var meters = new RunMeters(registry);
    meters.watch("continualpretrain", phase -> 0);
    var run = new ContinualPretrain();
    run.getMetadata().setName("tuned");
    run.getMetadata().setNamespace("team-a");
    run.getMetadata().setUid("uid");
    var after =
        """
        {phase: Succeeded, gpuSeconds: 4, attempts: [{number: 1, startTime: "2026-01-01T00:00:00Z",
          endTime: "2026-01-01T00:00:01Z", reason: Completed}]}
        """;
    for (var status : new String[] {"{phase: Running}", after}) {
      var next = YAML.readValue(status, RunStatus.class);
      meters.changed(run, next, Instant.EPOCH, Optional::empty);
      run.setStatus(new ContinualPretrainStatus(next, null, null, null));
    }
    meters.changed(
        run, YAML.readValue("{phase: Running}", RunStatus.class), Instant.EPOCH, Optional::empty);
    return found(Pattern.compile("(?m)^# TYPE (keizoku_\\w+)"), registry.scrape())
        .filter(name -> !name.endsWith("_max"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void eachReasonThatNeedsAPersonIsExplained() throws IOException {
    var rows = ROW.matcher(text("docs/designs/run-lifecycle.md")).results().toList();
    assertThat(rows).as("the table").hasSizeGreaterThan(15);
    assertThat(Arrays.stream(RunReason.values()).filter(RunReason::stalls))
        .allSatisfy(
            reason ->
                assertThat(rows)
                    .filteredOn(row -> words(row).anyMatch(reason.text()::equals))
                    .singleElement()
                    .satisfies(row -> assertThat(row.group(3).strip()).isEqualTo("yes")));
    assertThat(rows)
        .filteredOn(row -> row.group(3).strip().equals("no"))
        .flatMap(row -> words(row).toList())
        .allSatisfy(
            word ->
                assertThat(RunReason.values())
                    .filteredOn(reason -> reason.text().equals(word))
                    .singleElement()
                    .matches(reason -> !reason.stalls()));
  }

  private static Stream<String> words(MatchResult row) {
    return found(WORD, row.group(1));
  }
}
