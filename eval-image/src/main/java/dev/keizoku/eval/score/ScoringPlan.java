package dev.keizoku.eval.score;

import dev.keizoku.eval.request.TokenSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

  /** Whether an input of a question lost its beginning. */
  boolean cut(int request) {
    return cut.contains(request);
  }

  /** Length of the longest input, tokens. */
  int longestInput() {
    return entries.stream().mapToInt(entry -> entry.input.length).max().orElse(0);
  }

  /**
   * Tokens that are predicted for each request.
   *
   * @param requests how many there are
   */
  int[] predictions(int requests) {
    var predictions = new int[requests];
    entries.forEach(entry -> predictions[entry.request] += entry.continuation.length);
    return predictions;
  }

  /** Tokens that are predicted for all requests. */
  long predictions() {
    return entries.stream().mapToLong(entry -> entry.continuation.length).sum();
  }

  /** What is fed if all follow each other, no common beginning twice, in steps. */
  record Fed(long tokens, int steps) {
    /** Tokens of a step in the middle of the work. */
    int aStep() {
      return (int) Math.max(1, Math.ceilDiv(tokens, Math.max(1, steps)));
    }
  }

  /** How much is fed at least. */
  Fed fed() {
    int[] fresh = fresh();
    return new Fed(
        Arrays.stream(fresh).asLongStream().sum(),
        (int) Arrays.stream(fresh).filter(tokens -> tokens > 0).count());
  }

  /** Of each input in order, how many tokens it does not share with the one before. */
  private int[] fresh() {
    entries.sort((a, b) -> Arrays.compare(a.input, b.input));
    var fresh = new int[entries.size()];
    int[] before = new int[0];
    for (int i = 0; i < fresh.length; i++) {
      var input = entries.get(i).input;
      fresh[i] = input.length - shared(before, input);
      before = input;
    }
    return fresh;
  }

  /**
   * The steps, divided among sequences that are fed side by side, about the same number of tokens
   * each. Each list begins with nothing seen; those with the longest sequences come first.
   *
   * @param lanes how many lists at most
   * @param stepTokens most tokens of a step
   */
  List<List<ScoringStep>> lanes(int lanes, int stepTokens) {
    int[] fresh = fresh();
    long tokens = Arrays.stream(fresh).asLongStream().sum();
    var all = new ArrayList<List<ScoringStep>>();
    int from = 0;
    long seen = 0;
    for (int i = 0; i < fresh.length; i++) {
      seen += fresh[i];
      // Ends where its share of the tokens ends; what adds no token stays beside what it repeats.
      boolean last = i == fresh.length - 1;
      if (last || (seen * lanes >= tokens * (all.size() + 1) && fresh[i + 1] > 0)) {
        all.add(pieces(steps(entries.subList(from, i + 1)), stepTokens));
        from = i + 1;
      }
    }
    all.sort(Comparator.comparingInt(ScoringPlan::longest).reversed());
    return all;
  }

  private static int longest(List<ScoringStep> lane) {
    return lane.stream().mapToInt(ScoringStep::length).max().orElse(0);
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

  private static List<ScoringStep> pieces(List<ScoringStep> steps, int stepTokens) {
    var pieces = new ArrayList<ScoringStep>();
    for (var step : steps) {
      int length = step.tokens().length;
      for (int from = 0; from < length; from += stepTokens) {
        pieces.add(step.piece(from, Math.min(length, from + stepTokens)));
      }
    }
    return pieces;
  }

  private static int shared(int[] a, int[] b) {
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? a.length : mismatch;
  }
}
