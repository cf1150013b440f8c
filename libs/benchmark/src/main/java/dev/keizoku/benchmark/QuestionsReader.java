package dev.keizoku.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code {"data":[{id, question, context, choices:[{id, text}], answer, comment}]}}. The
 * choices' ids are their positions; {@code comment} explains the answer and is never shown.
 */
final class QuestionsReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private QuestionsReader() {}

  static List<Doc> read(String path) {
    var docs = new ArrayList<Doc>();
    try {
      for (var item : JSON.readTree(BenchmarkFiles.read(path)).get("data")) {
        var choices = new ArrayList<String>();
        item.get("choices").forEach(choice -> choices.add(choice.get("text").textValue()));
        var question =
            withContext(item.get("question").textValue(), item.get("context").textValue());
        var unit = Integer.toString(docs.size());
        docs.add(
            new Doc(
                docs.size(),
                unit,
                Map.of("question", question),
                choices,
                item.get("answer").intValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
    return docs;
  }

  /** The question as a prompt shows it: its context on the lines below, where it has one. */
  static String withContext(String question, String context) {
    return context.isEmpty() ? question : question + "\n" + context;
  }
}
