package dev.keizoku.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.contract.result.ProgressReport.Notice;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When an answer of a program is worth a look at its run. */
class ProgressNewsTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final ResourceID RUN = new ResourceID("base", "team");
  private static final List<Notice> NOTICES =
      List.of(new Notice("2026-01-01T00:00:00Z", "LossSpike", "The loss jumped."));

  private final ProgressNews news = new ProgressNews(Duration.ofSeconds(30));

  private static ProgressReport says(String stage, long step, Long saved, List<Notice> notices) {
    return new ProgressReport(
        "uid", stage, step, 100L, "steps", null, Map.of("loss", 1.0), saved, null, notices);
  }

  private boolean isNews(ProgressReport said, int second) {
    return news.is(RUN, said, T0.plusSeconds(second));
  }

  @Test
  void stepsAreLookedAtNowAndThen() {
    assertThat(isNews(says("train", 1, null, null), 0)).isTrue();
    assertThat(isNews(says("train", 2, null, null), 5)).isFalse();
    assertThat(isNews(says("train", 3, null, null), 29)).isFalse();
    assertThat(isNews(says("train", 3, null, null), 30)).isTrue();
    assertThat(isNews(says("train", 4, null, null), 35)).isFalse();
  }

  @Test
  void whatStandsStillIsNoNews() {
    assertThat(isNews(says("train", 1, null, null), 0)).isTrue();
    assertThat(isNews(says("train", 1, null, null), 300)).isFalse();
    assertThat(isNews(says("train", 2, null, null), 305)).isTrue();
  }

  @Test
  void stageCheckpointAndNoticeAreToldAtOnce() {
    assertThat(isNews(says("train", 1, null, null), 0)).isTrue();
    assertThat(isNews(says("train", 2, 2L, null), 1)).isTrue();
    assertThat(isNews(says("train", 2, 2L, NOTICES), 2)).isTrue();
    assertThat(isNews(says("export", 2, 2L, NOTICES), 3)).isTrue();
    assertThat(isNews(says("export", 3, 2L, NOTICES), 4)).isFalse();
  }

  @Test
  void anotherRunAndOneThatIsForgottenBeginAnew() {
    var said = says("train", 1, null, null);
    assertThat(isNews(said, 0)).isTrue();
    assertThat(news.is(new ResourceID("tuned", "team"), said, T0)).isTrue();
    news.keepOnly(Set.of());
    assertThat(isNews(said, 1)).isTrue();
  }
}
