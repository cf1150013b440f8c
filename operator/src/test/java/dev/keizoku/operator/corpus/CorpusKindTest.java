package dev.keizoku.operator.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.CorpusResult;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.FinCorpusStatus;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CorpusKindTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void filesLeftOutAreAConditionWhereTheyAreMany() {
    var corpus = new FinCorpus();
    corpus.setMetadata(new ObjectMeta());
    assertThat(status(corpus, null).run().condition("FilesLeftOut")).isEmpty();
    var told = status(corpus, "Source 'a': 9 of 10 files are left out.");
    assertThat(told.run().condition("FilesLeftOut"))
        .hasValueSatisfying(
            condition -> {
              assertThat(condition.status()).isEqualTo("True");
              assertThat(condition.reason()).isEqualTo("FilesLeftOut");
              assertThat(condition.message()).startsWith("Source 'a': 9 of 10 files");
              assertThat(condition.lastTransitionTime()).isEqualTo("2026-01-02T03:04:05Z");
            });
  }

  @Test
  void theColumnsTellOfTheBuildThatGoesOn() {
    var mapper = new ObjectMapper();
    var progress =
        Map.of(
            "stage",
            "read",
            "step",
            43,
            "totalSteps",
            100,
            "unit",
            "bytes",
            "progressPercentage",
            43,
            "estimatedRemainingSeconds",
            90,
            "metrics",
            Map.of(
                "documentsPerSecond",
                1234.4,
                "bytesPerSecond",
                5_240_000.0,
                "documentsDropped",
                12.0,
                "documentsTooShort",
                12.0,
                "documentsRejected",
                3.0));
    var running =
        mapper.convertValue(Map.of("phase", "Running", "progress", progress), RunStatus.class);
    var columns = CorpusColumns.of(running, null);
    assertThat(columns.progress()).isEqualTo("read 43%");
    assertThat(columns.eta()).isNotEmpty();
    assertThat(columns.rate()).isEqualTo("1,234 docs/s, 5.2 MB/s");
    assertThat(columns.lost()).isEqualTo("12 dropped, 3 rejected");
    assertThat(columns.version()).isNull();
    var ended =
        mapper.convertValue(Map.of("phase", "Succeeded", "progress", progress), RunStatus.class);
    assertThat(CorpusColumns.of(ended, null)).isNull();
  }

  private static FinCorpusStatus status(FinCorpus corpus, String warning) {
    var run =
        new ObjectMapper()
            .convertValue(Map.of("phase", "Succeeded", "observedGeneration", 1), RunStatus.class);
    var result =
        new CorpusResult(
            "ab".repeat(32),
            1,
            2,
            0,
            0,
            Map.of(),
            "cd",
            null,
            null,
            warning,
            null,
            null,
            null,
            null);
    var report =
        FinalReport.of("uid", Reason.COMPLETED, "Done.")
            .with(new Artifact("s3://b/manifest.json", "ef", 3L), result);
    return new CorpusKind().status(corpus, run, Optional.of(report), NOW).getStatus();
  }
}
