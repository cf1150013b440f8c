package dev.keizoku.eval.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.ApiModel;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Gate;
import dev.keizoku.contract.eval.Generation;
import dev.keizoku.contract.eval.HeldOutText;
import dev.keizoku.contract.eval.Judge;
import dev.keizoku.contract.eval.Presentation;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.MadeEvaluation;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.generate.PromptAnswer;
import dev.keizoku.eval.judge.JudgedCandidate;
import dev.keizoku.eval.judge.Judgement;
import dev.keizoku.eval.judge.Verdict;
import dev.keizoku.eval.lineage.TrainedOn;
import dev.keizoku.eval.lineage.TrainedOn.State;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.result.ModelRun;
import dev.keizoku.eval.result.WrittenAnswers;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.task.Doc;
import dev.keizoku.eval.task.HeldOutSet;
import dev.keizoku.program.ProgramVersion;
import dev.keizoku.storage.tokens.CorpusManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** A page with all of its parts is in one language, and says the same in the other. */
class PageLanguageTest {
  private static final List<String> SETS = List.of("default", "1.0-0.1");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");

  private static final String FOUND =
      "{\"name\": \"fp2\", \"sha256\": \"ab\", \"questions\": 475, \"found\": [3], \"documents\": 5}";

  private static final HeldOutSet.Corpus FILINGS =
      new HeldOutSet.Corpus("34".repeat(32), "Cut", List.of(new HeldOutSet.Hits("fp2", 475, 2, 3)));

  /** Names, which are the same in all languages. */
  private static final List<String> NAMES =
      List.of(
          "lm-evaluation-harness",
          "judgements.jsonl",
          "benchmarks/found.jsonl",
          "McNemar",
          "Holm",
          "-shot",
          "_norm",
          "sha256",
          "top k",
          "top p",
          "float32",
          "JMMLU",
          "chABSA",
          "CMA",
          "FP",
          "rinna/nekomata-14b",
          "rinna/nekomata-7b",
          "pfnet/nekomata-14b-pfn-qfin",
          "pfnet/nekomata-7b-pfn-qfin",
          "laws",
          "filings",
          "the-judge",
          WrittenAnswers.GENERATION,
          ProgramVersion.of("eval"));

  @Test
  void theJapanesePageHasNoEnglishLeft() throws IOException {
    var evaluation = evaluation(Language.JA);
    var page = page(evaluation);
    assertThat(page.selectFirst("html").attr("lang")).isEqualTo("ja");
    assertThat(englishIn(page, evaluation)).isEmpty();
    assertThat(page.selectFirst("h2").text()).isEqualTo("判定");
    assertThat(page.selectFirst(".lead").text())
        .startsWith("不合格 tuned は判定できません。")
        .contains("other はすべての問題でベースモデルと同じ得点です。");
    assertThat(page.select("h2").eachText()).contains("tuned とベースモデルの比較", "測定方法");
    assertThat(page.select("summary").eachText())
        .anyMatch(text -> text.equals("fp2 2 級 FP 技能検定 学科、475 問中 475 問"))
        .anyMatch(text -> text.equals("heldout_finance コーパスの検証用文書、2 件中 2 件"));
    assertThat(page.select(".answer small").eachAttr("lang")).isNotEmpty().containsOnly("ja");
  }

  /** What is told is told in both: as many parts, and the same numbers in the same order. */
  @Test
  void bothPagesTellTheSame() throws IOException {
    var english = page(evaluation(Language.EN));
    var japanese = page(evaluation(Language.JA));
    assertThat(english.selectFirst("html").attr("lang")).isEqualTo("en");
    for (var part : List.of("h2", "h3", "dt", "th", "tr", "li", "p", "figure", ".badge")) {
      assertThat(japanese.select(part)).as(part).hasSameSizeAs(english.select(part));
    }
    assertThat(numbers(japanese)).isEqualTo(numbers(english));
    assertThat(english.text()).doesNotContainPattern("[ぁ-ん]{2,}です");
  }

  @Test
  void theComparisonOfKeptFilesIsInItsLanguageToo() throws IOException {
    var evaluation = evaluation(Language.JA);
    var reading = new Reading(0.95, 0.02, null, Reading.words(Language.JA));
    var rows = evaluation.comparisons();
    var page =
        Jsoup.parse(
            new String(
                ComparisonReport.html("base, tuned", rows, reading, false, List.of("fp2")), UTF_8));
    assertThat(page.selectFirst("html").attr("lang")).isEqualTo("ja");
    assertThat(page.selectFirst(".kind").text()).isEqualTo("比較");
    assertThat(page.select("dt").eachText()).containsExactly("対応", "対象外");
    assertThat(englishIn(page, evaluation)).containsOnlyOnce("samples");
    assertThat(ComparisonText.lines(rows, reading)).anyMatch(line -> line.contains("ベースモデル"));
  }

  private static TreeSet<String> englishIn(Document page, Evaluation evaluation) {
    var shown = page.clone();
    shown.select("script, style, .answer, .prompt").remove();
    var text =
        String.join(" ", shown.select("[aria-label]").eachAttr("aria-label"))
            + shown.title()
            + shown.body().text();
    var names = new ArrayList<>(NAMES);
    names.add(evaluation.run().name());
    for (var model : evaluation.models()) {
      names.addAll(List.of(model.model().uri(), model.model().sha256(), model.model().name()));
    }
    for (var task : evaluation.tasks()) {
      names.addAll(List.of(task.file().place(), task.sha256(), task.name(), task.task().name()));
      names.addAll(task.task().metrics());
      names.add(task.promptVersion());
      task.requests().forEach(request -> names.addAll(request.choices()));
    }
    names.sort(Collections.reverseOrder(Comparator.comparingInt(String::length)));
    for (var name : names) {
      text = name.isBlank() ? text : text.replace(name, " ");
    }
    var left = new TreeSet<String>();
    WORD.matcher(text.replaceAll("[0-9TZ:.-]{20}", " "))
        .results()
        .forEach(m -> left.add(m.group()));
    return left;
  }

  private static List<String> numbers(Document page) {
    return page.select("td.n, .value, svg text").eachText().stream()
        .flatMap(text -> Pattern.compile("[-+−]?\\d[\\d.,e]*").matcher(text).results())
        .map(match -> match.group().replace(",", ""))
        .sorted()
        .toList();
  }

  private static Document page(Evaluation evaluation) {
    return Jsoup.parse(new String(EvaluationReport.html(evaluation), UTF_8));
  }

  private static Evaluation evaluation(Language language) throws IOException {
    var catalog = TaskCatalog.load();
    var tasks = new ArrayList<TaskRequests>();
    for (var name : List.of("chabsa", "cma_basics", "cpa_audit", "fp2", "security_sales_1")) {
      tasks.addAll(TaskRequests.of(catalog.find(name), SETS, null));
    }
    tasks.addAll(TaskRequests.of(catalog.find("jmmlu_management"), List.of(), 20));
    tasks.addAll(TaskRequests.of(catalog.find("jfinqa"), List.of(), 4));
    tasks.add(heldOut("finance", "{\"onHit\": \"Drop\", \"benchmarks\": [" + FOUND + "]}"));
    tasks.add(heldOut("news", "{\"onHit\": \"Report\", \"benchmarks\": [" + FOUND + "]}"));
    tasks.add(heldOut("general", "null"));
    var models =
        List.of(model("base", 1, tasks), model("tuned", 2, tasks), model("other", 1, tasks));
    return MadeEvaluation.of(run(language), tasks, models)
        .judged(List.of(judged("tuned"), judged("other")))
        .from(
            List.of(
                new TrainedOn("base", "file:///models/base", State.NOT_TOLD, null),
                new TrainedOn("tuned", "laws", State.GONE, null),
                new TrainedOn("tuned", "filings", State.READ, FILINGS)));
  }

  private static EvalRun run(Language language) {
    var plain =
        MadeEvaluation.run(
            "finance/both",
            100,
            new Generation(List.of("問い"), 8, null, null),
            new Gate(0.0, null, null, null, null, null));
    var api = new ApiModel("https://api.example.com/v1", "the-judge", null, null, null);
    return new EvalRun(
        plain.runUid(),
        plain.name(),
        null,
        plain.output(),
        new EvalRun.Model("base", "file:///base", null),
        List.of(
            new EvalRun.Model("tuned", "file:///tuned", null),
            new EvalRun.Model("other", "file:///other", null)),
        null,
        null,
        plain.bootstrap(),
        plain.generation(),
        new Judge.Order(new Judge(api, "正しさ", null, null, null), null),
        plain.gate(),
        plain.passes(),
        plain.randomness(),
        new Presentation(language));
  }

  private static JudgedCandidate judged(String name) {
    return new JudgedCandidate(
        name,
        Stream.of(true, false)
            .map(
                baseFirst ->
                    new Judgement("k", "jfinqa", 0, baseFirst, Verdict.CANDIDATE, "[[B]]", null))
            .toList());
  }

  private static TaskRequests heldOut(String name, String found) throws IOException {
    var set = new HeldOutText(name, "file:///corpus/manifest.json", null, null, null);
    var manifest =
        new ObjectMapper()
            .readValue(
                """
                {"formatVersion": 1, "version": "%s",
                 "train": {"documents": 0, "tokens": 0, "characters": 0},
                 "provenance": {"decontamination": %s}}
                """
                    .formatted("12".repeat(32), found),
                CorpusManifest.class);
    var docs = List.of(doc(0, "一つ目の文書。"), doc(1, "二つ目の文書。"));
    return TaskRequests.ofDocuments(HeldOutSet.task(set, manifest), docs, null);
  }

  private static Doc doc(int index, String text) {
    return new Doc(index, String.valueOf(index), Map.of("text", text));
  }

  private static ModelRun model(String name, long seed, List<TaskRequests> tasks) {
    var random = MadeEvaluation.random(name, seed, tasks);
    var said = tasks.stream().map(task -> said(task, random.on(task), seed)).toList();
    return new ModelRun(
        MadeEvaluation.model(name, tasks, said), List.of(new PromptAnswer("", true)));
  }

  private static ChoiceScores said(TaskRequests task, ChoiceScores of, long seed) {
    int items = task.requests().size();
    if (task.written()) {
      var texts = Collections.nCopies(items, List.of("答えは" + seed));
      var ended = Collections.nCopies(items, true);
      return new ChoiceScores(new double[items][0], new boolean[items][0], null, texts, ended, 0);
    }
    return task.ofDocuments()
        ? new ChoiceScores(of.logLikelihoods(), of.greedy(), new int[] {4, 4}, null, null, 0)
        : of;
  }
}
