package dev.keizoku.eval.score;

import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.metric.Extent;
import dev.keizoku.eval.metric.Outcome;
import dev.keizoku.eval.request.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a model says of the choices of a task, in the order of the requests.
 *
 * @param logLikelihoods of each question's choices, nats
 * @param greedy whether greedy decoding would have given exactly that choice; kept for samples, no
 *     metric uses it
 * @param tokens predicted of each document; null where choices are scored
 * @param texts that were written, one or more a question; null where nothing was
 * @param ended whether the first text of each question came to its end, not to its length; null
 *     where nothing was written, or it is not known of all
 * @param cut questions that were longer than the model's positions and lost their beginning
 * @param refused questions that the endpoint which it is behind refused: their texts are empty
 */
public record ChoiceScores(
    double[][] logLikelihoods,
    boolean[][] greedy,
    int[] tokens,
    List<List<String>> texts,
    List<Boolean> ended,
    int cut,
    int refused) {

  private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  /** Scores of choices. */
  public ChoiceScores(double[][] logLikelihoods, boolean[][] greedy, int cut) {
    this(logLikelihoods, greedy, null, null, null, cut);
  }

  /** Scores of a model that refuses nothing. */
  public ChoiceScores(
      double[][] logLikelihoods,
      boolean[][] greedy,
      int[] tokens,
      List<List<String>> texts,
      List<Boolean> ended,
      int cut) {
    this(logLikelihoods, greedy, tokens, texts, ended, cut, 0);
  }

  /**
   * All items of a task.
   *
   * @param items in the order of the requests
   */
  public static ChoiceScores of(List<ItemScore> items) {
    boolean documents = items.stream().anyMatch(item -> item.tokens() != null);
    return new ChoiceScores(
        items.stream().map(ItemScore::logLikelihoods).toArray(double[][]::new),
        items.stream().map(ItemScore::greedy).toArray(boolean[][]::new),
        documents ? items.stream().mapToInt(ItemScore::tokens).toArray() : null,
        items.stream().anyMatch(item -> item.texts() != null)
            ? items.stream().map(ItemScore::texts).toList()
            : null,
        ended(items),
        (int) items.stream().filter(ItemScore::cut).count(),
        (int) items.stream().filter(ItemScore::refused).count());
  }

  private static List<Boolean> ended(List<ItemScore> items) {
    return items.stream().anyMatch(item -> item.ended() == null || item.ended().isEmpty())
        ? null
        : items.stream().map(item -> item.ended().getFirst()).toList();
  }

  /** The outcomes that metrics take. */
  public List<Outcome> outcomes(List<Request> requests) {
    return IntStream.range(0, requests.size())
        .mapToObj(
            i ->
                new Outcome(
                    requests.get(i).gold(),
                    logLikelihoods[i],
                    requests.get(i).lengths(),
                    greedy[i],
                    extent(requests.get(i), i)))
        .toList();
  }

  /**
   * How long a document is; null where choices are scored.
   *
   * @param index of the request
   */
  public Extent extent(Request request, int index) {
    if (tokens == null) {
      return null;
    }
    var text = request.choices().getFirst();
    return new Extent(
        tokens[index],
        text.codePointCount(0, text.length()),
        text.getBytes(StandardCharsets.UTF_8).length,
        BLANKS.split(text, -1).length);
  }
}
