package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.Deduplication;
import dev.keizoku.contract.corpus.Removals;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.CorpusResult.StageTime;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that decide anew of what an earlier one read. */
class KeptReadingsTest {
  private static final String LONG =
      "当連結会計年度における売上高は、前年同期比で%d％増加し、営業利益も計画を上回りました。金融商品取引法に基づく開示を行い、利息は約定の利率により計算した。";

  @TempDir Path root;
  private final List<String> opened = new ArrayList<>();
  private final ObjectStore store =
      new ForwardingStore(StoreRouter.open(null, null)) {
        @Override
        public InputStream open(StoreUri uri) {
          opened.add(uri.toString());
          return super.open(uri);
        }
      };

  /** Documents, bad lines, a file of a wrong encoding, one that no reader takes, and pages. */
  @BeforeEach
  void sources() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      lines.append("{\"id\":\"n%d\",\"text\":\"%s\"}\n".formatted(i, LONG.formatted(i)));
    }
    lines
        .append("{\"text\":\"短い文。\"}\nno record\n{\"id\":\"twin\",\"text\":\"")
        .append(LONG.formatted(7))
        .append("\"}\n");
    write("in/a.jsonl", lines.toString().getBytes(StandardCharsets.UTF_8));
    write("in/b.rtf", new byte[] {'{', '\\', 'r'});
    write("in/c.txt", new byte[] {(byte) 0xff, 0x41, (byte) 0xff});
    write(
        "in/d.html",
        "<title>お知らせ</title><p>%s</p>"
            .formatted(LONG.formatted(99))
            .getBytes(StandardCharsets.UTF_8));
  }

  private void write(String path, byte[] content) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private CorpusRun run(String out) {
    return Builds.run(uri(out), Builds.TOKENIZER, Builds.source("in", uri("in") + "/", null, 0.5));
  }

  private FinalReport build(CorpusRun run, int threads) throws Exception {
    opened.clear();
    return Builds.build(store, root.resolve("scratch"), threads, run);
  }

  private static Map<String, ?> otherDecisions() {
    return Map.of(
        "filters",
        new CorpusRun.Filters(4, 100, 0.2),
        "deduplication",
        new Deduplication(true, true, null, null),
        "removals",
        new Removals(List.of("n3", "n7"), null),
        "seed",
        3);
  }

  @Test
  void otherLimitsDecideAnewWithTheBytesOfAFreshBuild() throws Exception {
    build(run("out"), 4);
    assertThat(readingsOpened()).as("the first build reads").isZero();
    var again = build(Builds.changed(run("out"), otherDecisions()), 1);
    assertThat(readingsOpened()).as("the second one takes what is kept").isOne();
    var fresh = build(Builds.changed(run("fresh"), otherDecisions()), 3);
    assertThat(readingsOpened()).isZero();

    assertThat(again.corpus()).isEqualTo(fresh.corpus());
    assertThat(again.corpus().dropped()).containsEntry("removed", 3L);
    assertThat(again.corpus().rejected()).hasSize(2);
    assertThat(again.corpus().leftOut()).hasSize(1);
    assertThat(digests("out/versions/" + again.corpus().version()))
        .isEqualTo(digests("fresh/versions/" + fresh.corpus().version()))
        .hasSizeGreaterThan(10);
  }

  /** Documents that went through each stage. */
  private Map<String, Long> documents(CorpusRun run, int threads) throws Exception {
    return Builds.timed(store, root.resolve("scratch"), threads, run).corpus().stages().stream()
        .collect(Collectors.toMap(StageTime::stage, StageTime::documents));
  }

  @Test
  void stagesTellOfAllDocumentsThatAreDecidedAnew() throws Exception {
    var read = documents(run("out"), 4);
    assertThat(read).containsEntry("read", 63L);
    assertThat(documents(Builds.changed(run("out"), otherDecisions()), 1))
        .doesNotContainKey("clean")
        .containsEntry("read", read.get("read"))
        .containsEntry("filter", read.get("filter"));
  }

  @Test
  void whatChangesATextReadsAgain() throws Exception {
    build(run("out"), 2);
    var titled = Builds.changed(run("out"), Map.of());
    var sources = new ObjectMapper().valueToTree(titled.sources());
    ((ObjectNode) sources.get(0)).put("titleInText", true);
    build(Builds.changed(run("out"), Map.of("sources", sources)), 2);
    assertThat(readingsOpened()).as("titles go into the text").isZero();
    write(
        "in/e.jsonl",
        "{\"text\":\"%s\"}".formatted(LONG.formatted(1)).getBytes(StandardCharsets.UTF_8));
    build(run("out"), 2);
    assertThat(readingsOpened()).as("there is another file").isZero();
    try (var kept = Files.list(root.resolve("out/kept/readings"))) {
      assertThat(kept).hasSize(3);
    }
  }

  /** What a file of what is kept is called changes with what it holds. */
  private List<String> kept(String out) throws IOException {
    try (var files = Files.list(root.resolve(out + "/kept/readings"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatNoVersionNamesIsKeptNoMore() throws Exception {
    var first = build(run("out"), 2);
    var old = kept("out");
    write("in/e.jsonl", "{\"text\":\"%s\"}".formatted(LONG.formatted(1)).getBytes());
    build(run("out"), 2);
    assertThat(kept("out")).as("both versions are there").hasSize(2).containsAll(old);
    store.deleteFolder(StoreUri.parse(uri("out/versions/" + first.corpus().version())));
    build(run("out"), 2);
    assertThat(kept("out")).as("a build ends, if with nothing to do").hasSize(1);
    assertThat(kept("out")).doesNotContainAnyElementsOf(old);
  }

  @Test
  void nothingOfATextThatIsTakenOutIsKept() throws Exception {
    write("other/o.jsonl", "{\"text\":\"%s\"}".formatted(LONG.formatted(200)).getBytes());
    var both =
        Builds.run(
            uri("out"),
            Builds.TOKENIZER,
            Builds.source("in", uri("in") + "/", null, 0.5),
            Builds.source("other", uri("other") + "/", null));
    build(both, 2);
    assertThat(kept("out")).hasSize(2);
    var removals = Map.of("removals", new Removals(List.of("n3"), null));
    var report = build(Builds.changed(both, removals), 2);
    assertThat(readingsOpened()).as("both are decided anew").isEqualTo(2);
    assertThat(report.corpus().dropped()).containsEntry("removed", 1L);
    assertThat(kept("out")).as("of the source without removals").hasSize(1);
    build(both, 2);
    build(Builds.changed(both, Map.of("seed", 5)), 2);
    assertThat(kept("out")).as("of a run that takes nothing out").hasSize(2);
    build(Builds.changed(both, removals), 2);
    assertThat(kept("out")).as("the version is there, and a text again").hasSize(1);
  }

  @Test
  void aDamagedReadingIsDeletedAndTheNextAttemptReadsItsSource() throws Exception {
    build(run("out"), 2);
    Path kept;
    try (var files = Files.list(root.resolve("out/kept/readings"))) {
      kept = files.findFirst().orElseThrow();
    }
    var bytes = Files.readAllBytes(kept);
    Files.write(kept, Arrays.copyOf(bytes, bytes.length / 2));
    var other = Builds.changed(run("out"), Map.of("seed", 3));
    assertThatThrownBy(() -> build(other, 2))
        .hasMessageContainingAll(kept.getFileName().toString(), "was damaged", "is read again")
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.TRY_AGAIN));
    assertThat(kept).doesNotExist();
    assertThat(build(other, 2).corpus().documents()).isPositive();
    assertThat(kept).as("kept anew").exists();
  }

  @Test
  void aKilledBuildGoesOnBehindTheFilesThatItHasRead() throws Exception {
    var dying =
        new ForwardingStore(store) {
          private int kept;

          @Override
          public ObjectUpload create(StoreUri uri) {
            if (uri.toString().contains("/kept/readings/") && ++kept == 3) {
              throw new IllegalStateException("killed");
            }
            return super.create(uri);
          }
        };
    assertThatThrownBy(() -> buildKeepingEachFile(dying, "out")).hasMessage("killed");
    assertThat(kept("out")).hasSize(2);

    var report = buildKeepingEachFile(store, "out");
    assertThat(readingsOpened()).isEqualTo(2);
    assertThat(kept("out")).hasSize(4);
    buildKeepingEachFile(store, "fresh");
    assertThat(readingsOpened()).isZero();
    var version = "/versions/" + report.corpus().version();
    assertThat(digests("out" + version)).isEqualTo(digests("fresh" + version)).isNotEmpty();
    build(run("whole"), 1);
    assertThat(digests("whole" + version + "/tokens"))
        .isEqualTo(digests("out" + version + "/tokens"))
        .isNotEmpty();
  }

  private FinalReport buildKeepingEachFile(ObjectStore through, String out) throws Exception {
    opened.clear();
    return Builds.buildKeepingEachFile(through, root.resolve("scratch"), run(out));
  }

  private long readingsOpened() {
    return opened.stream().filter(uri -> uri.contains("/kept/readings/")).count();
  }

  private Map<String, String> digests(String folder) throws IOException {
    var digests = new TreeMap<String, String>();
    var top = root.resolve(folder);
    try (var files = Files.walk(top)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        digests.put(top.relativize(file).toString(), Digests.sha256(file));
      }
    }
    return digests;
  }

  private String uri(String path) {
    return StoreUri.of(root) + "/" + path;
  }
}
