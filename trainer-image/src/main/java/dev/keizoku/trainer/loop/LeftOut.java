package dev.keizoku.trainer.loop;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Documents that are not trained on.
 *
 * @param documents by name
 */
record LeftOut(List<String> documents) {
  private static final int NAMED = 3;

  /** For a notice, which has room for a few names. */
  String sentence() {
    return "%d documents are left out: %s; all are named in metrics.jsonl."
        .formatted(
            documents.size(), documents.stream().limit(NAMED).collect(Collectors.joining(", ")));
  }
}
