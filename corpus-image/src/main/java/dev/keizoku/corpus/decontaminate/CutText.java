package dev.keizoku.corpus.decontaminate;

import java.util.ArrayList;
import java.util.List;

/** Takes the lines that hold a question out of a text. */
public final class CutText {
  private CutText() {}

  /** A text without questions. */
  public static String of(String text, QuestionIndex questions) {
    var left = text;
    // A question that stands twice is told once.
    for (var hits = questions.find(left); !hits.isEmpty(); hits = questions.find(left)) {
      left = without(left, hits);
    }
    return left;
  }

  private static String without(String text, List<Hit> hits) {
    var lines = new ArrayList<String>();
    for (int start = 0; start <= text.length(); ) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      int from = start;
      int to = end;
      if (hits.stream().noneMatch(hit -> hit.from() < to && hit.to() >= from)) {
        lines.add(text.substring(start, end));
      }
      start = end + 1;
    }
    return String.join("\n", lines).strip();
  }
}
