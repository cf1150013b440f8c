package dev.keizoku.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the chABSA data set: a question for each opinion, files by name. A neutral opinion stays in
 * the set although no choice is right, as in the reference.
 */
final class OpinionsReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CHOICES = List.of("positive", "negative");

  private OpinionsReader() {}

  static List<Doc> read(String folder) {
    var docs = new ArrayList<Doc>();
    try {
      for (var path : BenchmarkFiles.in(folder)) {
        for (var sentence : JSON.readTree(BenchmarkFiles.read(path)).get("sentences")) {
          var unit = path + "#" + sentence.get("sentence_id").asText();
          for (var opinion : sentence.get("opinions")) {
            var variables =
                Map.of(
                    "sentence", sentence.get("sentence").textValue(),
                    "target", opinion.get("target").textValue());
            var gold = gold(opinion.get("polarity").textValue());
            docs.add(new Doc(docs.size(), unit, variables, CHOICES, gold));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder, e);
    }
    return docs;
  }

  private static int gold(String polarity) {
    var index = CHOICES.indexOf(polarity);
    return index >= 0 ? index : Doc.NO_RIGHT_CHOICE;
  }
}
