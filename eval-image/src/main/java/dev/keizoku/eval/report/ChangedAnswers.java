package dev.keizoku.eval.report;

import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.page.Numbers;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Questions of a task that a candidate does better or worse than the base model, with their text:
 * the first few of each, in the order of the task, not a chosen few.
 *
 * @param candidate its name
 * @param won questions that it does better
 * @param lost questions that it does worse
 */
public record ChangedAnswers(String candidate, Side won, Side lost) {
  private static final int SHOWN = 3;
  private static final int MOST_CHARACTERS = 600;

  /**
   * Questions that changed in one direction.
   *
   * @param heading how many they are
   * @param items the first of them
   */
  public record Side(String heading, List<Item> items) {}

  /**
   * A question and its answers.
   *
   * @param number in the task, from 0 as in the samples
   * @param question what the models read, of a long one the end
   * @param right the right answer
   * @param base the base model's
   * @param candidate the candidate's
   */
  public record Item(int number, String question, String right, String base, String candidate) {}

  /** Of each candidate; none for a task of documents. */
  static List<ChangedAnswers> of(Evaluation evaluation, TaskRequests task, Phrases words) {
    if (task.ofDocuments()) {
      return List.of();
    }
    var models = evaluation.models();
    return models.stream()
        .skip(1)
        .map(model -> new Changes(task, words).of(models.getFirst(), model))
        .toList();
  }

  private record Changes(TaskRequests task, Phrases words) {

    ChangedAnswers of(ModelScores base, ModelScores candidate) {
      var name = candidate.model().name();
      var before = base.score(task, task.task().score());
      var after = candidate.score(task, task.task().score());
      var won = new int[before.size()];
      for (int i = 0; i < won.length; i++) {
        won[i] = Double.compare(after.item(i), before.item(i));
      }
      var answers = List.of(answers(base), answers(candidate));
      return new ChangedAnswers(
          name,
          side("doesBetter", name, with(won, 1), answers),
          side("doesWorse", name, with(won, -1), answers));
    }

    private static int[] with(int[] won, int sign) {
      return IntStream.range(0, won.length).filter(i -> Integer.signum(won[i]) == sign).toArray();
    }

    private Side side(String heading, String name, int[] changed, List<List<String>> answers) {
      var items =
          IntStream.of(changed)
              .limit(SHOWN)
              .mapToObj(
                  i ->
                      new Item(
                          i,
                          end(task.requests().get(i).context()),
                          right(task.requests().get(i)),
                          answers.get(0).get(i),
                          answers.get(1).get(i)))
              .toList();
      return new Side(words.say(heading, name, Numbers.count(changed.length)), items);
    }

    private List<String> answers(ModelScores model) {
      if (task.written()) {
        return model.answers(task);
      }
      if (task.chosen()) {
        int[] chosen = model.chosen(task);
        return IntStream.range(0, chosen.length)
            .mapToObj(i -> task.requests().get(i).choices().get(chosen[i]))
            .toList();
      }
      return Stream.of(model.on(task).logLikelihoods())
          .map(of -> words.say("logLikelihood", Numbers.fixed(of[0], 4)))
          .toList();
    }

    private String right(Request request) {
      if (!task.chosen()) {
        return String.join(" / ", request.choices());
      }
      return request.gold() < 0 ? words.say("none") : request.choices().get(request.gold());
    }

    private static String end(String text) {
      int characters = text.codePointCount(0, text.length());
      return characters <= MOST_CHARACTERS
          ? text
          : "\u2026" + text.substring(text.offsetByCodePoints(text.length(), -MOST_CHARACTERS));
    }
  }
}
