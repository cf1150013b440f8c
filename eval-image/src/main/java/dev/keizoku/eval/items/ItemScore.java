package dev.keizoku.eval.items;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a model says of one item: of the choices of a question, of a document, or what it writes.
 *
 * @param logLikelihoods of each choice, or of the document alone, nats; empty where it wrote
 * @param greedy whether greedy decoding would have given exactly that choice
 * @param tokens predicted of a document; null for a question
 * @param texts that it wrote, in order; null where choices are scored
 * @param ended whether each of them came to its end, not to its length; null where choices are
 *     scored, and of items that were kept before this was told
 * @param cut whether it was longer than the model's positions and lost its beginning
 * @param refused whether the endpoint that it is behind refused the question: its text is empty
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record ItemScore(
    double[] logLikelihoods,
    boolean[] greedy,
    Integer tokens,
    List<String> texts,
    List<Boolean> ended,
    boolean cut,
    boolean refused) {

  /** What is empty is not written out. */
  public ItemScore {
    logLikelihoods = logLikelihoods == null ? new double[0] : logLikelihoods;
    greedy = greedy == null ? new boolean[0] : greedy;
  }

  /** What it says of choices or a document. */
  public ItemScore(double[] logLikelihoods, boolean[] greedy, Integer tokens, boolean cut) {
    this(logLikelihoods, greedy, tokens, null, null, cut, false);
  }

  /** What it wrote. */
  public static ItemScore written(List<String> texts, List<Boolean> ended, boolean cut) {
    return new ItemScore(new double[0], new boolean[0], null, texts, ended, cut, false);
  }

  /** The same where the model's endpoint refused to be asked. */
  public ItemScore asRefused() {
    return new ItemScore(logLikelihoods, greedy, tokens, texts, ended, cut, true);
  }
}
