package dev.keizoku.eval.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.task.Answering;
import dev.keizoku.eval.task.BenchmarkTask;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks of a user: files in lm-evaluation-harness' form with their data beside them. */
class TaskFilesTest {
  private static final String TASK =
      """
      task: mine
      dataset_path: json
      dataset_kwargs: {data_files: {test: rows.jsonl}}
      test_split: test
      output_type: multiple_choice
      description: "答えなさい。\\n"
      doc_to_text: "問: {{question}}\\n{% for c in choices %}{{'ABCD'[loop.index0]}}. {{c}}\\n{% endfor %}答:"
      doc_to_choice: "{{['A', 'B', 'C', 'D'][:choices|length]}}"
      doc_to_target: answer
      metric_list: [{metric: acc}]
      metadata: {version: 1.0}
      """;
  private static final String ROWS =
      """
      {"question": "1+1は？", "choices": ["2", "3"], "answer": 0}
      {"question": "{{x}}の色は？", "choices": ["赤", "青", "白"], "answer": 2}
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    write("mine.yaml", TASK);
    write("rows.jsonl", ROWS);
  }

  @Test
  void aTaskIsAFile() {
    var requests = requests();
    assertThat(requests.getFirst().context()).isEqualTo("答えなさい。\n問: 1+1は？\nA. 2\nB. 3\n答:");
    assertThat(requests.getFirst().continuations()).containsExactly(" A", " B");
    assertThat(requests.getLast().context()).contains("{{x}}の色は？");
    assertThat(requests).extracting(Request::gold).containsExactly(0, 2);
  }

  @Test
  void csvIsReadAsPandasReadsIt() throws IOException {
    write("rows.csv", "\uFEFF\"a,\"\"b\"\"\n\",x,y,1\nc,x,y,0\n");
    write(
        "mine.yaml",
        TASK.replace("json", "csv")
            .replace("rows.csvl", "rows.csv")
            .replace("}}\ntest_split", "}, column_names: [question, a, b, answer]}\ntest_split")
            .replace("{{question}}", "{{question}}|{{answer}}")
            .replace("{% for c in choices %}", "{% for c in [a, b] %}")
            .replace("[:choices|length]", "[:2]"));
    assertThat(requests().getFirst().context()).contains("問: a,\"b\"\n|1\nA. x");
    assertThat(requests()).extracting(Request::gold).containsExactly(1, 0);
  }

  @Test
  void includedFilesAndPromptVersionsAreOneTask() throws IOException {
    write("_shared.yaml", TASK.replace("task: mine\n", ""));
    write("mine.yaml", "include: _shared.yaml\ntask: mine\n");
    write(
        "other.yaml",
        "include: _shared.yaml\ntask: mine-short\ndescription: ''\n"
            + "metadata: {prompt_of: mine, prompt_version: short}\n");
    write("all.yaml", "group: both\ntask: [mine, fp2]\n");
    var catalog = catalog();
    assertThat(catalog.named("both"))
        .extracting(BenchmarkTask::name)
        .containsExactly("mine", "fp2");
    var sweep = TaskRequests.of(catalog.find("mine"), List.of("default", "short"), 1);
    assertThat(sweep).extracting(TaskRequests::name).containsExactly("mine", "mine-short");
    assertThat(sweep.getLast().requests().getFirst().context()).startsWith("問:");
  }

  /** Their mean would be over other questions, and what belongs together drawn apart. */
  @Test
  void promptsOfATaskAskTheSameRowsByTheSameMetrics() throws IOException {
    var other = TASK.replace("task: mine", "task: mine-short");
    var prompt = "metadata: {prompt_of: mine, prompt_version: short}";
    write("other.yaml", other.replace("metadata: {version: 1.0}", prompt).replace("rows.", "few."));
    write("few.jsonl", ROWS.lines().findFirst().orElseThrow());
    var mine = catalog().find("mine");
    assertThat(TaskRequests.of(mine, List.of("short"), null)).hasSize(1);
    assertThatThrownBy(() -> TaskRequests.of(mine, List.of("default", "short"), null))
        .isInstanceOf(RunFault.class)
        .hasMessageContainingAll(
            "other.yaml cannot be used: it asks 1 rows that are not the 2 of",
            "the prompts of a task ask the same rows");
    assertThat(TaskRequests.of(mine, List.of("default", "short"), 1)).hasSize(2);
    write(
        "other.yaml",
        other
            .replace("metadata: {version: 1.0}", prompt)
            .replace("metric: acc", "metric: acc_norm"));
    refused("other.yaml cannot be used: the prompts of a task are scored by the same metrics");
  }

  @Test
  void aDocumentIsAskedWhole() throws IOException {
    write(
        "mine.yaml",
        TASK.replace("multiple_choice", "loglikelihood_rolling")
            .replaceFirst("doc_to_text.*\n", "")
            .replaceFirst("doc_to_choice.*\n", "")
            .replace("doc_to_target: answer", "doc_to_target: question")
            .replace("metric: acc", "metric: bits_per_byte"));
    assertThat(requests()).extracting(Request::context).containsOnly("");
    assertThat(requests())
        .extracting(Request::continuations)
        .containsExactly(List.of("1+1は？"), List.of("{{x}}の色は？"));
    failsWith("1+1は？", " ", "row 0 has an empty document in doc_to_target");
  }

  @Test
  void examplesStandBeforeTheQuestion() throws IOException {
    write("mine.yaml", TASK + "num_fewshot: 1\nfewshot_config: {sampler: first_n}\n");
    assertThat(requests().getLast().context())
        .isEqualTo("答えなさい。\n問: 1+1は？\nA. 2\nB. 3\n答: A\n\n問: {{x}}の色は？\nA. 赤\nB. 青\nC. 白\n答:");
  }

  @Test
  void whatTheUserCanMendIsSaid() throws IOException {
    fails(
        "metric: acc",
        "metric: acg",
        "there is no metric 'acg' for multiple_choice (did you mean acc?)");
    fails(
        "doc_to_text:",
        "doc_to_txt:",
        "field 'doc_to_txt' is not known here (did you mean doc_to_text?)");
    fails("doc_to_target: answer\n", "", "field 'doc_to_target' is missing");
    fails(
        "doc_to_target: answer",
        "doc_to_target: !function utils.target",
        "is Python code, which is not run");
    fails("{{question}}", "{{quest}}", "doc_to_text, line 1, \"問: {{quest}}\"", "quest", "(row 0)");
    fails("{{question}}", "{{question", "doc_to_text, line");
    fails("{{question}}", "{{question|nofilter}}", "doc_to_text", "nofilter");
    fails("multiple_choice", "multiple_chioce", "output_type 'multiple_chioce' is not known");
    fails(
        "dataset_path: json",
        "dataset_path: cais/mmlu",
        "is not json, csv or parquet",
        "hf://datasets/");
    fails("{test: rows.jsonl}", "{dev: rows.jsonl}", "has no split 'test', only dev");
    fails("rows.jsonl", "none.jsonl", "none.jsonl");
    fails("task: mine", "task: fp2", "there is a task or group 'fp2' already");
    fails("task: mine", "include: mine.yaml\ntask: mine", "include each other in a circle");
    fails("task: mine", "task: [", "is no YAML");
    fails("task: mine", "task: ../mine", "task '../mine' becomes part of file names");
    fails(
        "metadata: {version: 1.0}",
        "metadata: {prompt_of: fp2, prompt_version: 'a\\b'}",
        "metadata.prompt_version 'a\\b' becomes part of file names");
  }

  private static final String WRITTEN =
      """
      task: mine
      dataset_path: json
      dataset_kwargs: {data_files: {test: rows.jsonl}}
      test_split: test
      doc_to_text: "{{question}}"
      doc_to_target: "{{choices[answer]}}"
      generation_kwargs: {max_gen_toks: 20, until: "\\n", temperature: 0.0}
      filter_list: [{name: first, filter: [{function: lowercase}, {function: take_first}]}]
      metric_list: [{metric: exact_match, ignore_case: true}]
      metadata: {metrics: [{metric: numeric_match, tolerance: 0.05}]}
      """;

  @Test
  void answersAreWrittenWhereNoOutputTypeIsNamed() throws IOException {
    write("mine.yaml", WRITTEN);
    var task = catalog().find("mine").file();
    assertThat(task.answering().writing())
        .isEqualTo(new Answering.Writing(List.of("\n"), 20, 1, null, null));
    assertThat(task.answering().metrics()).containsOnlyKeys("exact_match", "numeric_match");
    assertThat(requests()).extracting(Request::choices).contains(List.of("2"), List.of("白"));
    write("mine.yaml", WRITTEN.replace("\"{{choices[answer]}}\"", "choices"));
    assertThat(requests().getLast().choices()).containsExactly("赤", "青", "白");
    write("mine.yaml", WRITTEN.replace("max_gen_toks: 20, until: \"\\n\", ", ""));
    assertThat(catalog().find("mine").file().answering().writing())
        .isEqualTo(new Answering.Writing(List.of("\n\n"), 256, 1, null, null));
  }

  @Test
  void oneContinuationIsScoredByItself() throws IOException {
    write(
        "mine.yaml",
        TASK.replace("multiple_choice", "loglikelihood")
            .replaceFirst("doc_to_choice.*\n", "")
            .replace("metric: acc", "metric: perplexity"));
    assertThat(requests())
        .extracting(Request::continuations)
        .contains(List.of(" 0"), List.of(" 2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "max_gen_toks: 20 | max_gen_toks: 0 | generation_kwargs.max_gen_toks 0 is not possible, 1"
            + " to 8192 is",
        "temperature: 0.0 | num_beams: 4 | generation_kwargs 'num_beams' is not done here; there"
            + " are do_sample,",
        "temperature: 0.0 | do_sample: true, temperature: 0 | wants temperature above 0",
        "lowercase | format_span | filter 'format_span' is not done here",
        "{function: lowercase}, {function: take_first} | {function: lowercase} | does not end in"
            + " take_first",
        "{function: lowercase} | {function: regex, regex_pattern: '('} | '(' is no regular"
            + " expression",
        "ignore_case | ignore_kanji | metric exact_match 'ignore_kanji' is not done here",
        "exact_match | acc | there is no metric 'acc' for generate_until; there are exact_match,"
            + " numeric_match",
        "tolerance: 0.05 | tolerance: 5 | tolerance 5.0 is not between 0 and 1",
        "{{choices[answer]}} | {{gold}} | doc_to_target, line 1",
        "{{choices[answer]}} | {{''}} | row 0 has an empty answer in doc_to_target"
      })
  void whatIsWrongWithAnswersIsSaid(String replaced, String by, String sentence)
      throws IOException {
    write("mine.yaml", WRITTEN.replace(replaced, by));
    refused(sentence);
  }

  @Test
  void rowsThatCannotBeAskedAreSaid() throws IOException {
    failsWith(
        "\"answer\": 2",
        "\"answer\": 3",
        "row 1 has the answer '3', which is none of its 3 choices");
    failsWith("\"answer\": 2", "\"answer\": null", "row 1 has nothing in column");
    failsWith("[\"赤\", \"青\", \"白\"]", "[]", "row 1 has no list of choices");
    failsWith("\"choices\": [\"赤\", \"青\", \"白\"], ", "", "(row 1)");
    failsWith("{\"question\": \"1+1", "{\"question\" \"1+1", "rows.jsonl is no json");
    write("mine.yaml", TASK.replace("\"{{['A', 'B', 'C', 'D'][:choices|length]}}\"", "choices"));
    failsWith("\"青\"", "\"\"", "row 1 has an empty choice, number 1");
    write("rows.jsonl", "");
    assertThatThrownBy(this::requests).hasMessageContaining("split 'test' has no rows");
  }

  private void failsWith(String replaced, String by, String sentence) throws IOException {
    write("rows.jsonl", ROWS.replace(replaced, by));
    refused(sentence);
  }

  private void fails(String replaced, String by, String... words) throws IOException {
    write("mine.yaml", TASK.replace(replaced, by));
    refused(words);
  }

  private void refused(String... words) {
    assertThatThrownBy(this::requests)
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR))
        .hasMessageContainingAll(words);
  }

  private List<Request> requests() {
    return TaskRequests.of(catalog().find("mine"), List.of(), null).getFirst().requests();
  }

  private TaskCatalog catalog() {
    return TaskCatalog.load(StoreRouter.open(null, null), StoreUri.of(folder).toString());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
