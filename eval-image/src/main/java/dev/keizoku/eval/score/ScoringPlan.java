package dev.keizoku.eval.score;

import dev.keizoku.eval.request.TokenSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In which order token sequences are fed so that no common beginning is computed twice: sorted,
 * each step keeps what it shares with the sequence before it. All choices of a question share its
 * context, questions of one sentence share the sentence, and all share the description.
 *
 * <p>What the model sees is that of the reference: context + continuation tokens without the last,
 * cut to the model's length from the left.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code HFLM._loglikelihood_tokens}.
 */
final class ScoringPlan {
  private final List<Entry> entries = new ArrayList<>();
  private final Set<Integer> cut = new HashSet<>();
  private final int maxLength;

  /**
   * @param maxLength longest input of the model, tokens
   */
  ScoringPlan(int maxLength) {
    this.maxLength = maxLength;
  }

  private record Entry(int[] input, int[] continuation, int request, int choice, boolean counted) {
    /** Position whose output predicts the first token of the continuation. */
    int firstPosition() {
      return input.length - continuation.length;
    }

    ScoringStep.Query query(int index, int row) {
      return new ScoringStep.Query(
          row, continuation[index], request, choice, counted && index == continuation.length - 1);
    }
  }

  /**
   * Adds a choice.
   *
   * @param counted whether its end counts as one more choice done
   * @throws IllegalArgumentException when there is nothing to predict or nothing to predict it from
   */
  void add(TokenSplit split, int request, int choice, boolean counted) {
    int[] context = split.context();
    int[] continuation = split.continuation();
    if (context.length == 0 || continuation.length == 0 || continuation.length > maxLength) {
      throw new IllegalArgumentException(
          "question %d, choice %d: %s"
              .formatted(
                  request,
                  choice,
                  context.length == 0
                      ? "there are no tokens before the answer"
                      : continuation.length == 0
                          ? "the answer and the end of its prompt are one token"
                          : "the answer has %d tokens and leaves no room in the model's %d positions"
                              .formatted(continuation.length, maxLength)));
    }
    int[] whole = Arrays.copyOf(context, context.length + continuation.length);
    System.arraycopy(continuation, 0, whole, context.length, continuation.length);
    int[] input =
        Arrays.copyOfRange(whole, Math.max(0, whole.length - 1 - maxLength), whole.length - 1);
    if (input.length < whole.length - 1) {
      cut.add(request);
    }
    entries.add(new Entry(input, continuation, request, choice, counted));
  }

  /** Questions of which an input lost its beginning. */
  int cut() {
    return cut.size();
  }

  /** Length of the longest input, tokens. */
  int longestInput() {
    return entries.stream().mapToInt(entry -> entry.input.length).max().orElse(0);
  }

  /**
   * The steps, divided among sequences that are fed side by side. Each list begins with nothing
   * seen.
   *
   * @param lanes how many lists at most
   * @param maxQueries most positions of a step that are asked for
   */
  List<List<ScoringStep>> lanes(int lanes, int maxQueries) {
    entries.sort((a, b) -> Arrays.compare(a.input, b.input));
    long tokens = entries.stream().mapToLong(entry -> entry.input.length).sum();
    var all = new ArrayList<List<ScoringStep>>();
    int from = 0;
    long seen = 0;
    for (int i = 0; i < entries.size(); i++) {
      seen += entries.get(i).input.length;
      // Ends where its share of the tokens ends; the last entry ends the last lane.
      if (seen * lanes >= tokens * (all.size() + 1) || i == entries.size() - 1) {
        all.add(pieces(steps(entries.subList(from, i + 1)), maxQueries));
        from = i + 1;
      }
    }
    return all;
  }

  private static List<ScoringStep> steps(List<Entry> sorted) {
    var steps = new ArrayList<ScoringStep>();
    // The step that computes each position of the sequence at hand.
    var owners = new ArrayList<ScoringStep>();
    int[] before = new int[0];
    for (var entry : sorted) {
      int shared = shared(before, entry.input);
      var step =
          new ScoringStep(
              shared,
              Arrays.copyOfRange(entry.input, shared, entry.input.length),
              new ArrayList<>());
      owners.subList(shared, owners.size()).clear();
      for (int i = 0; i < step.tokens().length; i++) {
        owners.add(step);
      }
      for (int i = 0; i < entry.continuation.length; i++) {
        int position = entry.firstPosition() + i;
        var owner = owners.get(position);
        owner.queries().add(entry.query(i, position - owner.past()));
      }
      if (step.tokens().length > 0) {
        steps.add(step);
      }
      before = entry.input;
    }
    return steps;
  }

  /** Steps of few enough positions that the predictions after each of them find room. */
  private static List<ScoringStep> pieces(List<ScoringStep> steps, int maxQueries) {
    var pieces = new ArrayList<ScoringStep>();
    for (var step : steps) {
      int length = step.tokens().length;
      boolean whole = step.queries().size() <= maxQueries;
      for (int from = 0; from < length; from += whole ? length : maxQueries) {
        int to = whole ? length : Math.min(length, from + maxQueries);
        pieces.add(whole ? step : step.piece(from, to));
      }
    }
    return pieces;
  }

  private static int shared(int[] a, int[] b) {
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? a.length : mismatch;
  }
}
