package dev.keizoku.eval.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.eval.ApiModel;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.MadeEvaluation;
import dev.keizoku.eval.lineage.TrainedOn.State;
import dev.keizoku.eval.task.HeldOutSet.Hits;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.MadeFrom;
import dev.keizoku.storage.artifact.MadeFrom.Source;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
  private static final String FP2 =
      """
      {"onHit": "Cut", "benchmarks": [
        {"name": "fp2", "sha256": "ab", "questions": 475, "found": [3, 9], "documents": 5}]}
      """;

  @TempDir Path folder;

  @Test
  void aModelIsFollowedThroughItsBasesToAllCorpora() throws IOException {
    var general = corpus("general", "null");
    var base = model("base", new MadeFrom(null, Map.of("general", general)));
    var middle = model("middle", new MadeFrom(base, Map.of("news", corpus("news", FP2))));
    var tuned = model("tuned", new MadeFrom(middle, Map.of("finance", corpus("finance", FP2))));
    var all = of(base, tuned);
    assertThat(all)
        .extracting(TrainedOn::model, TrainedOn::from, TrainedOn::state)
        .containsExactly(
            tuple("base", "general", State.READ),
            tuple("tuned", "finance", State.READ),
            tuple("tuned", "news", State.READ),
            tuple("tuned", "general", State.READ));
    assertThat(all.get(0).corpus().benchmarks()).isEmpty();
    assertThat(all.get(1).corpus().onHit()).isEqualTo("Cut");
    assertThat(all.get(1).corpus().benchmarks()).containsExactly(new Hits("fp2", 475, 2, 5));
  }

  @Test
  void whatIsNotKnownIsTold() throws IOException {
    var news = corpus("news", FP2);
    var hub = new Source(uri("of-a-hub"), null);
    Files.createDirectories(folder.resolve("of-a-hub"));
    var other = new Source(news.uri(), "ab".repeat(32));
    var gone = new Source(uri("gone/manifest.json"), null);
    var tuned = model("tuned", new MadeFrom(hub, Map.of("changed", other, "gone", gone)));
    assertThat(of(hub, tuned))
        .containsExactly(
            new TrainedOn("base", hub.uri(), State.NOT_TOLD, null),
            new TrainedOn("tuned", "changed", State.GONE, null),
            new TrainedOn("tuned", "gone", State.GONE, null),
            new TrainedOn("tuned", hub.uri(), State.NOT_TOLD, null));
  }

  @Test
  void aModelBehindAnEndpointTellsNothingAndACircleEnds() throws IOException {
    var one = new Source(uri("one/manifest.json"), null);
    model("one", new MadeFrom(new Source(uri("two/manifest.json"), null), Map.of()));
    model("two", new MadeFrom(one, Map.of()));
    var api = new ApiModel("https://api.example.com/v1", "m", null, null, null);
    var hosted = new EvalRun.Model("hosted", null, null, new ApiModel.Order(api, null, null));
    assertThat(of(one, hosted))
        .containsExactly(
            new TrainedOn("hosted", "https://api.example.com/v1", State.NOT_TOLD, null));
  }

  private List<TrainedOn> of(Source base, Source tuned) {
    return of(base, new EvalRun.Model("tuned", tuned.uri(), tuned.sha256()));
  }

  private static List<TrainedOn> of(Source base, EvalRun.Model candidate) {
    var plain = MadeEvaluation.run("mine", 100, null, null);
    var run =
        new EvalRun(
            plain.runUid(),
            plain.name(),
            null,
            plain.output(),
            new EvalRun.Model("base", base.uri(), base.sha256()),
            List.of(candidate),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return Lineage.of(run, StoreRouter.open(null, null));
  }

  private Source model(String name, MadeFrom from) throws IOException {
    var manifest = new Manifest("model", "keizoku-trainer test", from.properties(), List.of());
    return written(name, Json.bytes(manifest));
  }

  private Source corpus(String name, String found) throws IOException {
    var manifest =
        """
        {"formatVersion": 1, "version": "%s",
         "train": {"documents": 0, "tokens": 0, "characters": 0},
         "provenance": {"decontamination": %s}}
        """
            .formatted(Digests.sha256(name.getBytes(UTF_8)), found);
    return written(name, manifest.getBytes(UTF_8));
  }

  private Source written(String name, byte[] manifest) throws IOException {
    var file = folder.resolve(name + "/manifest.json");
    Files.createDirectories(file.getParent());
    Files.write(file, manifest);
    return new Source(uri(name + "/manifest.json"), Digests.sha256(manifest));
  }

  private String uri(String path) {
    return StoreUri.of(folder).child(path).toString();
  }
}
