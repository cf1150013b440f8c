package dev.keizoku.eval.request;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.eval.task.BenchmarkTask;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A task of the run with all its requests.
 *
 * @param task the task
 * @param promptVersion the prompt that is used
 * @param available questions that the task has
 * @param requests one for each question that is asked, in order
 */
public record TaskRequests(
    BenchmarkTask task, String promptVersion, int available, List<Request> requests) {

  /**
   * Builds the requests of the first questions of a task.
   *
   * @param promptVersion null means the default
   * @param limit how many questions; null means all
   */
  public static TaskRequests of(BenchmarkTask task, String promptVersion, Integer limit) {
    var version = task.promptVersion(promptVersion);
    var builder = new RequestBuilder(task, version);
    var docs = task.docs();
    var asked = limit == null ? docs : docs.subList(0, Math.min(limit, docs.size()));
    return new TaskRequests(
        task, version, docs.size(), asked.stream().map(builder::request).toList());
  }

  /** The task's name in result files. */
  public String name() {
    return task.resultName(promptVersion);
  }

  /** Choices of all questions. */
  public long choices() {
    return requests.stream().mapToLong(request -> request.choices().size()).sum();
  }

  /** SHA-256 over everything that is given to a model, in order. */
  public String sha256() {
    var digest = Digests.sha256();
    for (var request : requests) {
      digest.update(request.context().getBytes(StandardCharsets.UTF_8));
      for (var continuation : request.continuations()) {
        digest.update((byte) 0);
        digest.update(continuation.getBytes(StandardCharsets.UTF_8));
      }
      digest.update((byte) 1);
    }
    return Digests.hex(digest);
  }
}
