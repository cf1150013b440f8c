package dev.keizoku.eval.score;

import dev.keizoku.eval.metric.Outcome;
import dev.keizoku.eval.request.Request;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model says of the choices of a task, in the order of the requests.
 *
 * @param logLikelihoods of each question's choices, nats
 * @param greedy whether greedy decoding would have given exactly that choice; kept for samples, no
 *     metric uses it
 * @param cut questions that were longer than the model's positions and lost their beginning
 */
public record ChoiceScores(double[][] logLikelihoods, boolean[][] greedy, int cut) {

  /** The outcomes that metrics take. */
  public List<Outcome> outcomes(List<Request> requests) {
    return IntStream.range(0, requests.size())
        .mapToObj(
            i -> new Outcome(requests.get(i).gold(), logLikelihoods[i], requests.get(i).lengths()))
        .toList();
  }
}
