package dev.keizoku.eval.request;

import dev.keizoku.benchmark.Doc;
import dev.keizoku.eval.task.BenchmarkTask;
import dev.keizoku.eval.task.Prompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a prompt text around the questions of a task, 0-shot: context = description + text.
 *
 * <p>[NOT IMPLEMENTED] more than 0 shots: every run of the benchmark's leaderboard is 0-shot.
 */
public final class RequestBuilder {
  private final Prompt prompt;
  private final String instruction;

  /**
   * @param task the task
   * @param promptVersion one that the task has, see {@link BenchmarkTask#promptVersion}
   */
  public RequestBuilder(BenchmarkTask task, String promptVersion) {
    this.prompt = task.prompts().get(promptVersion);
    this.instruction = task.instruction();
  }

  /** The request for one question. */
  public Request request(Doc doc) {
    var variables = new HashMap<>(doc.variables());
    variables.put("instruction", instruction);
    if (prompt.option() != null) {
      variables.put("options", String.join(prompt.separator(), rendered(prompt.option(), doc)));
    }
    var context =
        Substitution.apply(prompt.description(), variables)
            + Substitution.apply(prompt.text(), variables);
    return new Request(doc, context, rendered(prompt.continuation(), doc), prompt.delimiter());
  }

  private static List<String> rendered(String template, Doc doc) {
    var all = new ArrayList<String>();
    for (int i = 0; i < doc.choices().size(); i++) {
      var variables =
          Map.of(
              "letter", Character.toString('A' + i),
              "number", Integer.toString(i),
              "text", doc.choices().get(i));
      all.add(Substitution.apply(template, variables));
    }
    return all;
  }
}
