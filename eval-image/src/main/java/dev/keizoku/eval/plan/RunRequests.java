package dev.keizoku.eval.plan;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.ChatForm;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.task.HeldOutSet;
import dev.keizoku.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/** All that a run asks each of its models. */
public final class RunRequests {
  private RunRequests() {}

  /**
   * The tasks of the run, a prompt version each, and then its held-out documents.
   *
   * @throws RunFault exit 42 for a task, a prompt or a corpus that cannot be asked
   */
  public static List<TaskRequests> of(EvalRun run, ObjectStore store) {
    return of(run, store, ChatForm.of(run, store));
  }

  static List<TaskRequests> of(EvalRun run, ObjectStore store, ChatForm chat) {
    var catalog = TaskCatalog.load(store, run.questions().includePath());
    var tasks = new ArrayList<TaskRequests>();
    for (var task : run.questions().tasks()) {
      var sets = run.questions().promptVersions(task);
      for (var named : catalog.named(task.name())) {
        if (tasks.stream().anyMatch(other -> other.task().name().equals(named.name()))) {
          throw RunFault.userError(
              Reason.RUN_FILE_INVALID,
              "Task %s is listed twice: by itself and in a group.".formatted(named.name()));
        }
        tasks.addAll(TaskRequests.of(ChatForm.asked(named, chat), sets, task.limit(), chat));
      }
    }
    for (var set : run.perplexity()) {
      var corpus = HeldOutSet.corpus(set, store);
      var docs = HeldOutSet.docs(set, corpus, store);
      tasks.add(TaskRequests.ofDocuments(HeldOutSet.task(set, corpus), docs, set.limit()));
    }
    return tasks;
  }
}
