package dev.keizoku.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The published question sets that the programs carry, by the name of their task: what an
 * evaluation asks, and what a corpus must not hold.
 */
public final class QuestionSets {
  private static final Map<String, Supplier<List<Doc>>> SETS = sets();

  private QuestionSets() {}

  private static Map<String, Supplier<List<Doc>>> sets() {
    var sets = new LinkedHashMap<String, Supplier<List<Doc>>>();
    sets.put("chabsa", () -> OpinionsReader.read("chabsa"));
    sets.put("cma_basics", () -> QuestionsReader.read("cma_basics/data.json"));
    sets.put("cpa_audit", () -> WorkbookReader.read("cpa_audit/CPA_AUDIT.xlsx"));
    sets.put("fp2", () -> QuestionsReader.read("fp2/data.json"));
    sets.put("security_sales_1", () -> QuestionsReader.read("security_sales_1/data.json"));
    return sets;
  }

  /** Names of all sets, in the benchmark's order. */
  public static List<String> names() {
    return List.copyOf(SETS.keySet());
  }

  /**
   * All questions of a set, in the order of its file.
   *
   * @param task name of the task, for instance {@code fp2}
   * @return empty when there is no such set
   */
  public static Optional<List<Doc>> read(String task) {
    return Optional.ofNullable(SETS.get(task)).map(Supplier::get);
  }
}
