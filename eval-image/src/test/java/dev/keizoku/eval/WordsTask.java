package dev.keizoku.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A user's task {@code words}, whose answers are written. */
public final class WordsTask {
  private WordsTask() {}

  /**
   * Writes its file into a new folder.
   *
   * @param kwargs its {@code generation_kwargs}
   * @return the folder
   */
  public static Path in(Path folder, String kwargs) throws IOException {
    Files.createDirectory(folder);
    Files.writeString(
        folder.resolve("words.yaml"),
        """
        task: words
        dataset_path: json
        dataset_kwargs: {data_files: {test: rows.jsonl}}
        test_split: test
        doc_to_text: q
        doc_to_target: a
        output_type: generate_until
        generation_kwargs: %s
        metric_list: [{metric: exact_match}]
        """
            .formatted(kwargs));
    return folder;
  }

  /** Writes its questions and their answers, each with its number. */
  public static void ask(Path folder, int count, String question, String answer)
      throws IOException {
    var rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append(
          "{\"q\": \"%s\", \"a\": \"%s\"}\n".formatted(question.formatted(i), answer.formatted(i)));
    }
    Files.writeString(folder.resolve("rows.jsonl"), rows);
  }
}
