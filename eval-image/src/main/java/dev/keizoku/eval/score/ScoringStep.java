package dev.keizoku.eval.score;

import java.util.List;

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
  record Query(int row, int token, int request, int choice, boolean last) {}

  /** The positions that are queried, rising, each once. */
  int[] queriedRows() {
    return queries.stream().mapToInt(Query::row).distinct().sorted().toArray();
  }

  /** Length of the sequence after this step. */
  int length() {
    return past + tokens.length;
  }
}
