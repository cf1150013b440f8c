package dev.keizoku.eval.request;

import dev.keizoku.eval.task.BenchmarkTask;
import dev.keizoku.eval.task.Doc;
import dev.keizoku.eval.task.Expression;
import dev.keizoku.eval.task.OutputType;
import dev.keizoku.eval.task.TaskFault;
import dev.keizoku.eval.task.TaskFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the requests of a task with one of its prompts: context = description + examples + text.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code ConfigurableTask.fewshot_context} and
 * {@code construct_requests}, {@code ContextSampler.get_context}.
 */
public final class RequestBuilder {
  /** The seed of examples in lm-evaluation-harness. */
  private static final int EXAMPLES_SEED = 1234;

  private final TaskFile task;
  private final List<Doc> examples;
  private final ChatForm chat;
  private final PythonRandom random = new PythonRandom(EXAMPLES_SEED);

  /**
   * @param task the task
   * @param promptVersion one that the task has, see {@link BenchmarkTask#promptVersion}
   */
  public RequestBuilder(BenchmarkTask task, String promptVersion) {
    this(task, promptVersion, null);
  }

  /**
   * @param task the task
   * @param promptVersion one that the task has
   * @param chat the form of the conversation; null for plain text
   */
  RequestBuilder(BenchmarkTask task, String promptVersion, ChatForm chat) {
    this.chat = chat;
    this.task = task.prompts().get(promptVersion);
    this.examples = this.task.fewShot().shots() == 0 ? List.of() : task.examples(promptVersion);
  }

  /** The request for one question; to be called for each in order, as examples are drawn. */
  public Request request(Doc doc) {
    if (task.output() == OutputType.LOGLIKELIHOOD_ROLLING) {
      return new Request(doc, "", List.of(document(doc)), "", 0);
    }
    var conversation = chat == null ? null : conversation(doc);
    var context = chat == null ? plain(doc) : conversation.rendered();
    return switch (task.output()) {
      case GENERATE_UNTIL -> {
        var right = right(task.target(), task.choice(), doc);
        yield new Request(doc, context, right, "", 0, next(doc, context, conversation));
      }
      case LOGLIKELIHOOD -> {
        var target = right(task.target(), null, doc).subList(0, 1);
        yield new Request(doc, context, target, task.delimiter(), 0);
      }
      default -> {
        var choices = choices(task.choice(), doc);
        int gold = gold(task.target(), doc, choices);
        // The answer begins the model's turn, where nothing stands before it.
        var delimiter = chat == null ? task.delimiter() : "";
        yield new Request(doc, context, choices, delimiter, gold);
      }
    };
  }

  private String document(Doc doc) {
    var text = task.target().text(doc);
    if (text.isBlank()) {
      throw TaskFault.row(task, doc.index(), "has an empty document in doc_to_target");
    }
    return text;
  }

  /**
   * @param conversation so far; null for plain text
   */
  private Turn next(Doc doc, String context, ChatForm.Conversation conversation) {
    if (task.answering().next() == null) {
      return null;
    }
    var text = task.answering().next().text(doc);
    if (text.isBlank()) {
      throw TaskFault.row(task, doc.index(), "has nothing in metadata.next_turn");
    }
    if (conversation == null) {
      return new Turn(text, context + Turn.ANSWER + text);
    }
    conversation.answered(Turn.ANSWER, text);
    return new Turn(text, conversation.rendered());
  }

  private String plain(Doc doc) {
    return task.description().text(doc) + examples(doc) + text(task.text(), doc);
  }

  private ChatForm.Conversation conversation(Doc doc) {
    var description = task.description().text(doc);
    var question = text(task.text(), doc);
    var conversation = chat.begun(description, task.fewShot().delimiter());
    if (chat.multiturn()) {
      drawn(doc).forEach(example -> conversation.turn(exampleText(example), answer(example)));
      conversation.question(question);
    } else {
      // The reference draws its examples twice here, and shows the second ones.
      drawn(doc);
      conversation.question(examples(doc) + question);
    }
    return conversation;
  }

  /** The right answers, of which any will do. */
  private List<String> right(Expression target, Expression choice, Doc doc) {
    if (choice != null) {
      var choices = choices(choice, doc);
      int gold = gold(target, doc, choices);
      if (gold < 0) {
        throw TaskFault.row(task, doc.index(), "has no right answer");
      }
      return List.of(choices.get(gold));
    }
    var value = target.value(doc);
    if (value instanceof String text && PythonLiteral.list(text) instanceof List<String> list) {
      value = list;
    }
    var answers =
        (value instanceof List<?> list ? list : List.of(value))
            .stream().map(String::valueOf).toList();
    if (answers.isEmpty() || answers.stream().anyMatch(String::isEmpty)) {
      throw TaskFault.row(task, doc.index(), "has an empty answer in doc_to_target");
    }
    return answers;
  }

  private String text(Expression text, Doc doc) {
    if (text.isColumn(doc) && doc.row().get(text.written().toString()) instanceof Number) {
      throw TaskFault.row(
          task, doc.index(), "has a number for doc_to_text; choices as contexts are not done here");
    }
    return text.text(doc);
  }

  private List<String> choices(Expression choice, Doc doc) {
    var value = choice.value(doc);
    if (value instanceof String text) {
      value = PythonLiteral.list(text);
    }
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      throw TaskFault.row(task, doc.index(), "has no list of choices in doc_to_choice");
    }
    var choices = new ArrayList<String>();
    for (var item : list) {
      var text = String.valueOf(item);
      if (item == null || text.isEmpty()) {
        throw TaskFault.row(
            task, doc.index(), "has an empty choice, number %d".formatted(choices.size()));
      }
      choices.add(text);
    }
    return choices;
  }

  private int gold(Expression target, Doc doc, List<String> choices) {
    var value = target.value(doc);
    int gold =
        switch (value) {
          case Number number -> number.intValue();
          case String text when !target.isColumn(doc) && text.strip().matches("-?\\d{1,9}") ->
              Integer.parseInt(text.strip());
          case String text -> choices.indexOf(text);
          default -> -1;
        };
    if (gold >= choices.size() || gold < 0 && gold != Request.NO_RIGHT_CHOICE) {
      throw TaskFault.row(
          task,
          doc.index(),
          "has the answer '%s', which is none of its %d choices; it is an index from 0, a choice's text, or %d where none is right"
              .formatted(value, choices.size(), Request.NO_RIGHT_CHOICE));
    }
    return gold;
  }

  private String examples(Doc doc) {
    var text = new StringBuilder();
    drawn(doc).forEach(example -> text.append(example(example)));
    return text.toString();
  }

  private List<Doc> drawn(Doc doc) {
    var shots = task.fewShot();
    if (shots.shots() == 0) {
      return List.of();
    }
    int size = Math.min(examples.size(), shots.shots() + (shots.fromTest() ? 1 : 0));
    var drawn = shots.firstN() ? examples.subList(0, size) : random.sample(examples, size);
    return drawn.stream()
        .filter(example -> !example.row().equals(doc.row()))
        .limit(shots.shots())
        .toList();
  }

  private String example(Doc doc) {
    return exampleText(doc) + task.delimiter() + answer(doc) + task.fewShot().delimiter();
  }

  private String exampleText(Doc doc) {
    var text = task.fewShot().text();
    return text(text == null ? task.text() : text, doc);
  }

  private String answer(Doc doc) {
    var shots = task.fewShot();
    var target = shots.target() == null ? task.target() : shots.target();
    var choice = shots.choice() == null ? task.choice() : shots.choice();
    return right(target, choice, doc).getFirst();
  }
}
