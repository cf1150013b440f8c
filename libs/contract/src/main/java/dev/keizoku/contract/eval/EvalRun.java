package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.contract.train.TrainRun;
import java.util.List;

/**
 * What the evaluator program is told.
 *
 * @param runUid identity of this run, echoed in progress and report
 * @param name name of the evaluation, {@code namespace/name} in a cluster
 * @param storage the object store
 * @param output URI under which {@code results.json}, {@code samples.jsonl}, {@code report.html}
 *     and, last, {@code manifest.json} are written
 * @param base the model that the others are compared with
 * @param candidates one or more models
 * @param tasks at least one
 * @param bootstrap the paired interval; null means 2,000 resamples at 0.95
 * @param generation answers written side by side; null means none
 * @param batchTokens upper limit of tokens in one forward pass; 0 means 4,096
 * @param seed of the bootstrap
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvalRun(
    String runUid,
    String name,
    StorageSpec storage,
    String output,
    Model base,
    List<Model> candidates,
    List<Task> tasks,
    Bootstrap bootstrap,
    Generation generation,
    int batchTokens,
    long seed) {

  /**
   * A model in Hugging Face layout.
   *
   * @param name how it is called in tables; unique in the run
   * @param uri folder, as in {@link TrainRun.Model}
   * @param sha256 digest of its {@code manifest.json}; null is not checked
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Model(String name, String uri, String sha256) {}

  /**
   * A task of the benchmark.
   *
   * @param name {@code chabsa}, {@code cma_basics}, {@code cpa_audit}, {@code fp2} or {@code
   *     security_sales_1}
   * @param promptVersion null means {@code default}
   * @param limit only the first so many documents; null means all
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Task(String name, String promptVersion, Integer limit) {}

  /**
   * Paired bootstrap of the difference.
   *
   * @param resamples 100 to 100,000
   * @param confidence level of the interval, 0.5 to 0.999
   */
  public record Bootstrap(int resamples, double confidence) {}

  /**
   * Greedy answers.
   *
   * @param prompts up to fifty; null or empty means the ten that the evaluator carries
   * @param maxNewTokens 1 to 1,024
   */
  public record Generation(List<String> prompts, int maxNewTokens) {}
}
