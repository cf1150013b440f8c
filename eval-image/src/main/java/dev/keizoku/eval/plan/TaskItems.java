package dev.keizoku.eval.plan;

import dev.keizoku.eval.items.ItemKey;
import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ChoiceScores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** What a model has said of a task's items so far. */
public final class TaskItems {
  private final TaskRequests task;
  private final List<String> keys;
  private final Map<String, ItemScore> known = new HashMap<>();

  /**
   * @param found scores by their keys, of other items too
   */
  TaskItems(TaskRequests task, Map<String, ItemScore> found) {
    this.task = task;
    this.keys = task.requests().stream().map(this::key).toList();
    for (int i = 0; i < keys.size(); i++) {
      var score = found.get(keys.get(i));
      if (score != null && answers(score) == wanted(task.requests().get(i))) {
        known.put(keys.get(i), score);
      }
    }
  }

  private static int answers(ItemScore score) {
    return score.texts() == null ? score.logLikelihoods().length : score.texts().size();
  }

  private int wanted(Request request) {
    return task.written() ? task.file().answering().writing().repeats() : request.choices().size();
  }

  /** The whole task. */
  public TaskRequests task() {
    return task;
  }

  /** What is still to be asked, nothing twice. */
  public TaskRequests open() {
    var asked = new HashSet<>(known.keySet());
    var open = new ArrayList<Request>();
    for (int i = 0; i < keys.size(); i++) {
      if (asked.add(keys.get(i))) {
        open.add(task.requests().get(i));
      }
    }
    return task.with(open);
  }

  /** The key of a request of this task. */
  public String key(Request request) {
    var next = request.next() == null ? List.<String>of() : List.of(request.next().context());
    return ItemKey.of(
        task.manner(), request.context(), task.written() ? next : request.continuations());
  }

  /** Takes in what was said. */
  public void put(String key, ItemScore score) {
    known.put(key, score);
  }

  /** All of it, once nothing is open. */
  public ChoiceScores scores() {
    return ChoiceScores.of(keys.stream().map(known::get).toList());
  }
}
