package dev.keizoku.eval.request;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.task.BenchmarkTask;
import dev.keizoku.eval.task.Doc;
import dev.keizoku.eval.task.OutputType;
import dev.keizoku.eval.task.TaskFault;
import dev.keizoku.eval.task.TaskFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A task of the run with all its requests.
 *
 * @param task the task
 * @param promptVersion the prompt that is used
 * @param promptSets the wanted versions that this one serves, at least one: a task may lack a
 *     prompt of the others' and take another in its place
 * @param available questions that the task has
 * @param requests one for each question that is asked, in order
 * @param chat the conversation that they are; null for plain text
 */
public record TaskRequests(
    BenchmarkTask task,
    String promptVersion,
    List<String> promptSets,
    int available,
    List<Request> requests,
    ChatForm chat) {

  /**
   * Builds the requests of the first questions of a task, for each of its prompts once.
   *
   * @param promptSets wanted versions; none means the default
   * @param limit how many questions; null means all
   * @throws RunFault exit 42 when the task has no such prompt
   */
  public static List<TaskRequests> of(BenchmarkTask task, List<String> promptSets, Integer limit) {
    return of(task, promptSets, limit, null);
  }

  /**
   * The same as a conversation.
   *
   * @param chat its form; null asks in plain text
   */
  public static List<TaskRequests> of(
      BenchmarkTask task, List<String> promptSets, Integer limit, ChatForm chat) {
    var wanted = promptSets.isEmpty() ? List.of(BenchmarkTask.DEFAULT_PROMPT) : promptSets;
    var sets =
        wanted.stream()
            .collect(
                Collectors.groupingBy(
                    task::promptVersion, LinkedHashMap::new, Collectors.toList()));
    var all = new ArrayList<TaskRequests>();
    // A document is no turn of a conversation.
    var form = task.file().output() == OutputType.LOGLIKELIHOOD_ROLLING ? null : chat;
    sets.forEach(
        (version, of) -> {
          var docs = task.docs(version);
          var asked = limit == null ? docs : docs.subList(0, Math.min(limit, docs.size()));
          if (!all.isEmpty()) {
            requireSameRows(all.getFirst(), asked, task.prompts().get(version));
          }
          var builder = new RequestBuilder(task, version, form);
          var requests = asked.stream().map(builder::request).toList();
          all.add(new TaskRequests(task, version, of, docs.size(), requests, form));
        });
    return all;
  }

  /** A mean over prompts is one over the same questions, which are drawn together. */
  private static void requireSameRows(TaskRequests first, List<Doc> asked, TaskFile file) {
    var units = asked.stream().map(Doc::unit).toList();
    if (!units.equals(first.requests.stream().map(of -> of.doc().unit()).toList())) {
      throw TaskFault.data(
          file.place(),
          "it asks %d rows that are not the %d of %s; the prompts of a task ask the same rows, another task has a name of its own"
              .formatted(asked.size(), first.requests.size(), first.file().place()));
    }
  }

  /**
   * Asks for whole documents.
   *
   * @param docs all that there are, with their text in column {@code text}
   * @param limit how many; null means all
   */
  public static TaskRequests ofDocuments(BenchmarkTask task, List<Doc> docs, Integer limit) {
    var asked = limit == null ? docs : docs.subList(0, Math.min(limit, docs.size()));
    var text = task.file().target();
    var version = BenchmarkTask.DEFAULT_PROMPT;
    return new TaskRequests(
        task,
        version,
        List.of(version),
        docs.size(),
        asked.stream().map(doc -> new Request(doc, "", List.of(text.text(doc)), "", 0)).toList(),
        null);
  }

  /** The same of some of its questions only. */
  public TaskRequests with(List<Request> some) {
    return new TaskRequests(task, promptVersion, promptSets, available, some, chat);
  }

  /** Whether whole documents are scored, not choices. */
  public boolean ofDocuments() {
    return task.file().output() == OutputType.LOGLIKELIHOOD_ROLLING;
  }

  /** Whether one of several choices is taken. */
  public boolean chosen() {
    return task.file().output() == OutputType.MULTIPLE_CHOICE;
  }

  /** Whether answers are written, not choices scored. */
  public boolean written() {
    return task.file().output() == OutputType.GENERATE_UNTIL;
  }

  /** How the models are asked: what an item's score depends on beside the texts. */
  public String manner() {
    var word = task.file().output().word();
    return written() ? word + " " + file().answering().writing() : word;
  }

  /** The file of the prompt that is used. */
  public TaskFile file() {
    return task.prompts().get(promptVersion);
  }

  /** The task's name in result files. */
  public String name() {
    return task.resultName(promptVersion);
  }

  /** Tokens that are written to a question at most, to all of its turns. */
  public int newTokens() {
    var answering = file().answering();
    return answering.writing().maxTokens() * (answering.next() == null ? 1 : 2);
  }

  /** Choices of all questions, or answers. */
  public long choices() {
    return written()
        ? requests.size()
        : requests.stream().mapToLong(request -> request.choices().size()).sum();
  }

  /** SHA-256 over everything that is given to a model, in order. */
  public String sha256() {
    var digest = Digests.sha256();
    if (written()) {
      digest.update(manner().getBytes(StandardCharsets.UTF_8));
    }
    for (var request : requests) {
      digest.update(request.context().getBytes(StandardCharsets.UTF_8));
      for (var continuation : request.continuations()) {
        digest.update((byte) 0);
        digest.update(continuation.getBytes(StandardCharsets.UTF_8));
      }
      if (request.next() != null) {
        digest.update(request.next().context().getBytes(StandardCharsets.UTF_8));
      }
      digest.update((byte) 1);
    }
    return Digests.hex(digest);
  }
}
