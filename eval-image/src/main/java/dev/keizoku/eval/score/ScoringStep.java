package dev.keizoku.eval.score;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A forward pass that adds tokens to what a sequence has already seen.
 *
 * @param past tokens of the sequence before that are kept
 * @param tokens what is added; may be empty
 * @param queries what is read off the new positions
 */
record ScoringStep(int past, int[] tokens, List<Query> queries) {

  /**
   * The log-probability of a token after a position.
   *
   * @param row position in {@code tokens}, from 0
   * @param token the token that comes next
   * @param request index of the question
   * @param choice index of its choice
   * @param last true for the choice's last token
   */
  record Query(int row, int token, int request, int choice, boolean last) {

    Query before(int rows) {
      return new Query(row - rows, token, request, choice, last);
    }
  }

  /** What is asked after each position of which something is, positions rising. */
  SortedMap<Integer, List<Query>> byRow() {
    return queries.stream()
        .collect(Collectors.groupingBy(Query::row, TreeMap::new, Collectors.toList()));
  }

  /** A part of it: what is before the part is then among the past. */
  ScoringStep piece(int from, int to) {
    if (from == 0 && to == tokens.length) {
      return this;
    }
    return new ScoringStep(
        past + from,
        Arrays.copyOfRange(tokens, from, to),
        queries.stream()
            .filter(query -> query.row() >= from && query.row() < to)
            .map(query -> query.before(from))
            .toList());
  }

  /** Length of the sequence after this step. */
  int length() {
    return past + tokens.length;
  }
}
