package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.Decontamination;
import dev.keizoku.contract.corpus.Decontamination.Benchmark;
import dev.keizoku.contract.corpus.Decontamination.OnHit;
import dev.keizoku.corpus.command.DiffCommand;
import dev.keizoku.corpus.command.ShowCommand;
import dev.keizoku.program.ProgramLine;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a version says of its documents afterwards. */
class VersionCommandsTest {
  private static final String NEWS =
      "当連結会計年度における売上高は、前年同期比で増加し、営業利益も計画を上回りました。連絡先はir@example.jpです。\n"
          + "ホーム｜会社情報｜お問い合わせ\n利息は約定の利率により計算した。";

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  private String build(Map<String, ?> rules) throws Exception {
    return build(rules, Map.of());
  }

  private String build(Map<String, ?> rules, Map<String, ?> settings) throws Exception {
    var source =
        Map.of(
            "name", "pages",
            "uri", uri("in") + "/",
            "format", "jsonl",
            "licence", "test",
            "recipe", "web",
            "rules", rules);
    var run =
        Builds.changed(
            Builds.run(
                uri("out"),
                Builds.TOKENIZER,
                Builds.source("pages", uri("in") + "/", Format.JSONL)),
            Map.of("sources", List.of(source)));
    return Builds.build(store, root.resolve("scratch"), 2, Builds.changed(run, settings))
        .artifact()
        .uri();
  }

  private String print(Object command, String... arguments) {
    var out = new StringWriter();
    var line = ProgramLine.set(new CommandLine(command)).setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isZero();
    return out.toString();
  }

  @Test
  void aDocumentsWayAndWhatAnotherRuleWouldDoToIt() throws Exception {
    var lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      lines.append("{\"text\":\"第%d期。%s\"}\n".formatted(i, NEWS.replace("\n", "\\n")));
    }
    lines.append("{\"text\":\"%s\"}\n".formatted("会社のご案内\\n".repeat(20)));
    lines.append(
        "{\"text\":\"%s\"}\n".formatted("いろはにほへと、ちりぬるを。わかよたれそ、つねならむ。うゐのおくやま、けふこえて。あさきゆめみし、ゑひもせす。"));
    Files.writeString(Files.createDirectory(root.resolve("in")).resolve("a.jsonl"), lines);
    var before = build(Map.of("minCharacters", 20));
    var after = build(Map.of("minCharacters", 20, "minSentenceShare", 0, "minKanaShare", 0.9));

    var diff = print(new DiffCommand(Map.of()), before, after);
    assertThat(diff)
        .containsPattern("sources\\[pages].rules.minKanaShare +0.1 -> 0.9\n")
        .containsPattern("sources\\[pages].rules.minSentenceShare +0.2 -> 0.0\n")
        .doesNotContain("minCharacters", "files of");
    assertThat(diff).containsPattern("pages +fewSentences +fewKana +1  [0-9a-f]{12}\n");
    assertThat(diff).containsPattern("pages +kept +fewKana +\\d+  [0-9a-f]{12} ");
    var gone = Pattern.compile("fewSentences +fewKana +1  ([0-9a-f]{12})").matcher(diff);
    assertThat(gone.find()).isTrue();

    var dropped = print(new ShowCommand(Map.of()), before, "--id", gone.group(1));
    assertThat(dropped)
        .containsPattern("fate +dropped: fewSentences\n")
        .containsPattern("place +file:.*/in/a.jsonl#13\n")
        .containsPattern("fewSentences +0 +\\(at least 0.2\\)\n")
        .containsPattern("duplicateLines +0.9 +\\(at most 0.3\\)\n");
    var kept = Pattern.compile("kept +fewKana +\\d+  ([0-9a-f]{12})").matcher(diff);
    assertThat(kept.find()).isTrue();
    assertThat(print(new ShowCommand(Map.of()), before, "--id", kept.group(1)))
        .containsPattern("fate +kept\n")
        .containsPattern("boilerplate +0.1\\d* +\\(at most 0.5\\)\n");
    assertThat(
            ProgramLine.set(new CommandLine(new ShowCommand(Map.of())))
                .execute(before, "--id", "none"))
        .isEqualTo(42);
  }

  @Test
  void otherFilesAndQuestionsAreTold() throws Exception {
    var question = "次のうち、金利の変動に関する記述として最も適切なものはどれですか。";
    Files.writeString(root.resolve("mine.json"), "{\"q\":\"%s\"}".formatted(question));
    var in = Files.createDirectory(root.resolve("in"));
    for (int i = 0; i < 4; i++) {
      write(in.resolve(i + ".jsonl"), "第%d期。%s%s".formatted(i, NEWS, i == 2 ? question : ""));
    }
    var looked =
        Map.of(
            "decontaminate",
            new Decontamination(
                List.of(new Benchmark("mine", uri("mine.json"))), OnHit.REPORT, null));
    var before = build(Map.of(), looked);
    Files.delete(in.resolve("0.jsonl"));
    write(in.resolve("3.jsonl"), "第7期。" + NEWS);
    var after = build(Map.of(), looked);
    assertThat(print(new DiffCommand(Map.of()), before, after))
        .containsPattern("files of pages +0 new, 1 gone, 1 with another content\n")
        .contains("not in it")
        .doesNotContain("->");
    assertThat(print(new ShowCommand(Map.of()), after, "--id", ""))
        .containsOnlyOnce("question ")
        .containsPattern("question +mine \\[0], \\d\\d characters in a row: 次のうち");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, "{\"text\":\"%s\"}".formatted(text.replace("\n", "\\n")));
  }

  @Test
  void theTextIsWhatTheRecipeMadeOfIt() throws Exception {
    var lines = "{\"text\":\"%s\"}\n".formatted(NEWS.replace("\n", "\\n"));
    Files.writeString(Files.createDirectory(root.resolve("in")).resolve("a.jsonl"), lines);
    var version =
        Path.of(StoreUri.parse(build(Map.of())).parent().toString().replace("file://", ""));
    try (var files = Files.walk(version.resolve("documents"))) {
      var text = new StringBuilder();
      for (var file : files.filter(Files::isRegularFile).toList()) {
        text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      var table =
          new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      assertThat(table).contains("連絡先は[EMAIL]です。\n利息は").doesNotContain("ホーム");
    }
  }

  private String uri(String path) {
    return StoreUri.of(root) + "/" + path;
  }
}
