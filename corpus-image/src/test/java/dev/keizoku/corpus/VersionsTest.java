package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.HeldOut;
import dev.keizoku.contract.corpus.Deduplication;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole builds that follow one another: what was held out, what was there already. */
class VersionsTest {
  private static final String KANA = "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみし";

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  /** Texts that have nothing in common. */
  private static String text(int number) {
    var text = new StringBuilder("第" + number + "号。");
    var random = new java.util.Random(number);
    for (int i = 0; i < 120; i++) {
      text.append(KANA.charAt(random.nextInt(KANA.length())));
    }
    return text.append("。").toString();
  }

  private void documents(String file, int from, int to) throws IOException {
    var lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          "{\"id\":\"%d\",\"date\":\"2024-%02d-01\",\"text\":\"%s\"}\n"
              .formatted(i, 1 + i % 12, text(i)));
    }
    write(file, lines.toString());
  }

  private FinalReport build(Deduplication deduplication, HeldOut heldOut, long seed)
      throws Exception {
    var run =
        Builds.run(
            uri("out"), Builds.TOKENIZER, Builds.source("in", uri("in") + "/", Format.JSONL));
    return Builds.build(
        store,
        root.resolve("scratch"),
        2,
        Builds.changed(
            run, Map.of("deduplication", deduplication, "heldOut", heldOut, "seed", seed)));
  }

  private static Deduplication duplicates(Double share, List<String> against) {
    return new Deduplication(true, true, share, against);
  }

  private Set<String> heldOut(FinalReport report) throws IOException {
    return keys(report, "split/heldout.keys");
  }

  private Set<String> keys(FinalReport report, String path) throws IOException {
    var file = root.resolve("out/versions/" + report.corpus().version()).resolve(path);
    var hex = HexFormat.of().formatHex(Files.readAllBytes(file));
    var keys = new TreeSet<String>();
    for (int i = 0; i < hex.length(); i += 32) {
      keys.add(hex.substring(i, i + 32));
    }
    return keys;
  }

  @Test
  void whatWasHeldOutStaysSoInLaterVersions() throws Exception {
    documents("in/a.jsonl", 0, 40);
    var first = build(duplicates(null, null), new HeldOut(0.1, 100, null, null), 1);
    assertThat(heldOut(first)).hasSize(4);
    documents("in/b.jsonl", 40, 80);
    var later =
        build(
            duplicates(null, null),
            new HeldOut(0.1, 100, null, List.of(first.artifact().uri())),
            2);
    assertThat(heldOut(later)).hasSize(8).containsAll(heldOut(first));
    assertThat(keys(later, "split/train.keys"))
        .hasSize(72)
        .doesNotContainAnyElementsOf(heldOut(later));
  }

  @Test
  void whatWasPublishedAfterADayIsHeldOut() throws Exception {
    documents("in/a.jsonl", 0, 48);
    var report = build(duplicates(null, null), new HeldOut(0.1, 2, "2024-09-01", null), 1);
    assertThat(report.corpus().heldOutDocuments()).as("October to December").isEqualTo(12);
    assertThat(report.corpus().documents()).isEqualTo(36);
  }

  @Test
  void whatAnEarlierVersionHasIsDropped() throws Exception {
    documents("in/a.jsonl", 0, 20);
    var first = build(duplicates(null, null), new HeldOut(0.1, 100, null, null), 1);
    documents("in/b.jsonl", 20, 30);
    var later =
        build(
            duplicates(null, List.of(first.artifact().uri())),
            new HeldOut(0.1, 100, null, null),
            1);
    assertThat(later.corpus().dropped()).containsEntry("inEarlierVersion", 20L);
    assertThat(later.corpus().documents() + later.corpus().heldOutDocuments()).isEqualTo(10);

    var folder = StoreUri.parse(first.artifact().uri()).parent();
    for (var object : store.list(folder)) {
      var copy = root.resolve("copy").resolve(folder.relativize(object.uri()));
      Files.createDirectories(copy.getParent());
      Files.write(copy, store.read(object.uri()));
    }
    var moved = duplicates(null, List.of(uri("copy/manifest.json")));
    assertThat(build(moved, new HeldOut(0.1, 100, null, null), 1).corpus().version())
        .as("an earlier version is known by what it is, not by where it lies")
        .isEqualTo(later.corpus().version());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAnEarlierVersionHasNearlyIsDropped(boolean keptBands) throws Exception {
    documents("in/a.jsonl", 0, 20);
    var first =
        build(new Deduplication(true, keptBands, null, null), new HeldOut(0.1, 100, null, null), 1);
    assertThat(root.resolve("out/versions/" + first.corpus().version() + "/split/bands"))
        .satisfies(bands -> assertThat(Files.exists(bands)).isEqualTo(keptBands));
    Files.delete(root.resolve("in/a.jsonl"));
    var lines = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      var copy = "広報より。" + text(i);
      lines.append(line(i % 2 == 0 ? copy : copy.replace("第" + i + "号", "第9" + i + "号")));
    }
    write("in/b.jsonl", lines.append(line(text(30))).toString());
    var later =
        build(
            duplicates(null, List.of(first.artifact().uri())),
            new HeldOut(0.1, 100, null, null),
            1);
    assertThat(later.corpus().dropped())
        .as("copies whose number is another one stay")
        .containsExactly(Map.entry("nearEarlierVersion", 10L));
    assertThat(later.corpus().documents() + later.corpus().heldOutDocuments()).isEqualTo(11);
  }

  @Test
  void ofSeveralEarlierVersionsOneAtATimeLiesOnTheDisk() throws Exception {
    documents("in/a.jsonl", 0, 20);
    var first = build(duplicates(null, null), new HeldOut(0.1, 100, null, null), 1);
    documents("in/a.jsonl", 20, 40);
    var second = build(duplicates(null, null), new HeldOut(0.1, 100, null, null), 1);
    documents("in/a.jsonl", 40, 50);
    var against = List.of(first.artifact().uri(), second.artifact().uri());
    build(duplicates(null, against), new HeldOut(0.1, 100, null, null), 1);
    try (var files = Files.walk(root.resolve("scratch"))) {
      assertThat(files.filter(file -> file.getParent().endsWith("earlier")))
          .singleElement()
          .asString()
          .endsWith("/earlier/bands");
    }
  }

  @Test
  void theTimeOfAComparisonWithEarlierIsOfNearDuplicates() throws Exception {
    documents("in/a.jsonl", 0, 20);
    var first = build(duplicates(null, null), new HeldOut(0.1, 100, null, null), 1);
    documents("in/b.jsonl", 20, 30);
    var busy =
        new ForwardingStore(store) {
          @Override
          public Artifact download(StoreUri uri, Path file, LongConsumer received) {
            if (uri.name().equals("bands")) {
              keepBusy();
            }
            return super.download(uri, file, received);
          }
        };
    var run =
        Builds.changed(
            Builds.run(
                uri("out"), Builds.TOKENIZER, Builds.source("in", uri("in") + "/", Format.JSONL)),
            Map.of("deduplication", duplicates(null, List.of(first.artifact().uri()))));
    var stages = Builds.timed(busy, root.resolve("scratch"), 2, run).corpus().stages();
    assertThat(stages)
        .filteredOn(stage -> stage.stage().equals("nearDuplicates"))
        .singleElement()
        .satisfies(stage -> assertThat(stage.processorSeconds()).isGreaterThanOrEqualTo(2));
  }

  /** Two seconds of a processor, whatever else runs. */
  private static void keepBusy() {
    var threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + Duration.ofSeconds(2).toNanos();
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"split/train.keys", "split/bands", "documents/train-00000.parquet"})
  void whatIsDamagedOfAnEarlierVersionIsToldAndNotCompared(String file) throws Exception {
    documents("in/a.jsonl", 0, 20);
    var first = build(duplicates(null, null), new HeldOut(0.1, 100, null, null), 1);
    var damaged = root.resolve("out/versions/" + first.corpus().version()).resolve(file);
    var bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);
    write("in/b.jsonl", line("広報より。" + text(0)));
    var against = duplicates(null, List.of(first.artifact().uri()));
    assertThatThrownBy(() -> build(against, new HeldOut(0.1, 100, null, null), 1))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.reason().word()).isEqualTo("DigestMismatch"))
        .hasMessageContaining(file);
  }

  private static String line(String text) {
    return "{\"text\":\"" + text + "\"}\n";
  }

  @Test
  void pagesOfOneArticleAreNeverParted() throws Exception {
    var lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      lines.append(
          "{\"url\":\"https://x.jp/a%d?page=%d\",\"text\":\"%s\"}\n"
              .formatted(i / 4, i % 4, text(i)));
    }
    write("in/a.jsonl", lines.toString());
    var report = build(duplicates(null, null), new HeldOut(0.2, 100, null, null), 3);
    assertThat(report.corpus().heldOutDocuments()).isEqualTo(8);
  }

  @Test
  void tooManyDuplicatesEndTheRun() throws Exception {
    documents("in/a.jsonl", 0, 20);
    var lines = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      lines.append("{\"text\":\"").append(text(i).replace("。", "。 ")).append("\"}\n");
    }
    write("in/b.jsonl", lines.toString());
    var report = build(duplicates(0.34, null), new HeldOut(0.1, 100, null, null), 1);
    assertThat(report.corpus().duplicates())
        .singleElement()
        .satisfies(
            duplicates -> {
              assertThat(duplicates.documents()).isEqualTo(10);
              assertThat(duplicates.share()).isEqualTo(1 / 3d);
            });
    assertThatThrownBy(() -> build(duplicates(0.33, null), new HeldOut(0.1, 100, null, null), 1))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> assertThat(fault.reason().word()).isEqualTo("TooManyDuplicates"))
        .hasMessageContaining("10 of 30 documents (33.3%");
  }

  private void write(String path, String text) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String uri(String path) {
    return StoreUri.of(root) + "/" + path;
  }
}
