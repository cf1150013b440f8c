package dev.keizoku.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.contract.train.TrainRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class TrainingReportTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static RunLogs logs() {
    var logs = RunLogs.begin();
    logs.metrics().evaluation(0, Map.of(HOSTILE, 9000.0, "general", 8000.0));
    for (long step = 1; step <= 60; step++) {
      if (step == 17) {
        logs.metrics().skipped(step, List.of("finance/" + HOSTILE), "spike " + HOSTILE);
        continue;
      }
      logs.metrics()
          .step(
              step,
              Map.of(
                  "loss",
                  9 - step / 10.0,
                  "loss/" + HOSTILE,
                  9 - step / 12.0,
                  "learningRate",
                  3e-4 * (60 - step) / 60,
                  "gradNorm",
                  100.0 / step));
      logs.timings().step(step, START.plusSeconds(step), 1000 + step);
    }
    logs.metrics().evaluation(60, Map.of(HOSTILE, 20.5, "general", 8800.0));
    for (long step : List.of(0L, 10L, 20L, 30L, 40L, 50L, 60L)) {
      logs.samples().add(new SampleLog.Line(step, HOSTILE, "after " + step + HOSTILE));
    }
    logs.timings().event(TimingLog.CHECKPOINT, 30, START);
    logs.timings().event(TimingLog.RESUMED, 30, START);
    logs.timings().event(TimingLog.ROLLED_BACK, 10, START);
    return logs;
  }

  private static RunSummary summary(Long exported) throws IOException {
    try (var yaml = TrainingReportTest.class.getResourceAsStream("/plan/paper-run.yaml")) {
      var text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
      var run =
          YAMLMapper.builder()
              .build()
              .readValue(
                  text.replace("name: paper/nekomata-14b-fin", "name: '" + HOSTILE + "'"),
                  TrainRun.class);
      return new RunSummary(
          run,
          "tool " + HOSTILE,
          60,
          exported,
          1_234_567,
          13_000_000,
          List.of(
              new RunSummary.Perplexity(HOSTILE, 9000, 20.5),
              new RunSummary.Perplexity("general", 8000, 8800)),
          Map.of(HOSTILE, "ab"),
          List.of());
    }
  }

  private static byte[] bytes() throws IOException {
    return TrainingReport.html(summary(60L), logs());
  }

  private static Document page() throws IOException {
    return Jsoup.parse(new String(bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void whatComesFromOutsideIsText() throws IOException {
    var page = page();
    assertThat(page.select("img")).isEmpty();
    assertThat(page.select("script")).hasSize(1);
    for (var place : List.of("h1", ".facts dt", ".facts dd", ".legend b", "th", "td")) {
      assertThat(page.select(place).eachText()).as(place).anyMatch(text -> text.contains(HOSTILE));
    }
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]")).hasSize(1);
  }

  @Test
  void theNumbersAreThere() throws IOException {
    var page = page();
    assertThat(page.selectFirst(".lead").text())
        .isEqualTo(
            "13,000,000 parameters, 60 steps, 1,234,567 tokens; the exported model is that of step"
                + " 60.");
    assertThat(page.selectFirst("table").select("tbody tr").eachText())
        .containsExactly(
            HOSTILE + " 9,000.000 20.500 \u221299.8", "general 8,000.000 8,800.000 +10.0");
    var none = TrainingReport.html(summary(null), logs());
    assertThat(new String(none, StandardCharsets.UTF_8))
        .contains("a guard ended the run, no model is exported")
        .doesNotContain("<b>exported model</b>");
  }

  @Test
  void axesAreLogarithmicWhereValuesSpanADecade() throws IOException {
    assertThat(page().select("figcaption").eachText())
        .containsExactly(
            "Held-out perplexity logarithmic",
            "Training loss nats a token",
            "Learning rate",
            "Gradient norm before clipping logarithmic",
            "Tokens a second tokens/s");
    assertThat(page().select("figure:contains(Learning rate) .rows text").eachText())
        .containsExactly("0", "1e-4", "2e-4", "3e-4");
  }

  @Test
  void whatHappenedIsMarked() throws IOException {
    assertThat(page().select("figure:contains(Training loss) .legend li").eachText())
        .contains(
            "checkpoint saved step 30",
            "batch left out step 17",
            "went back to a checkpoint step 10",
            "went on from a checkpoint step 30");
  }

  @Test
  void batchesLeftOutAndSomeSamplesAreShown() throws IOException {
    var page = page();
    assertThat(page.select("table:has(caption:containsOwn(not in the curves)) tbody tr").text())
        .isEqualTo("17 spike " + HOSTILE + " finance/" + HOSTILE);
    assertThat(page.select("table:has(caption:containsOwn(What the model wrote)) th").eachText())
        .containsExactly("prompt", "step 0", "step 20", "step 30", "step 50", "step 60");
    assertThat(page.text()).contains("All 7 steps are in samples.jsonl.", "after 50" + HOSTILE);
  }

  @Test
  void theSameRunGivesTheSameBytesInEveryLocale() throws IOException {
    var before = Locale.getDefault();
    var plain = bytes();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(bytes()).isEqualTo(plain);
      assertThat(new String(ModelCard.markdown(summary(60L)), StandardCharsets.UTF_8))
          .contains("13,000,000 parameters", "| general | 8,000.000 | 8,800.000 |");
    } finally {
      Locale.setDefault(before);
    }
  }
}
