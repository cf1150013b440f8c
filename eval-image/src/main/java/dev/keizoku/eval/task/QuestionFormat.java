package dev.keizoku.eval.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.Function;

/** How the benchmark's files hold their questions. */
public enum QuestionFormat {
  /** JSON with question, context, choices and the answer's id. */
  @JsonProperty("questions")
  QUESTIONS(QuestionsReader::read),
  /** A sheet {@code data} with one question a row. */
  @JsonProperty("workbook")
  WORKBOOK(WorkbookReader::read),
  /** A folder of chABSA's JSON files: one question for each opinion of a sentence. */
  @JsonProperty("opinions")
  OPINIONS(OpinionsReader::read);

  private final Function<String, List<Doc>> reader;

  QuestionFormat(Function<String, List<Doc>> reader) {
    this.reader = reader;
  }

  List<Doc> read(String path) {
    return reader.apply(path);
  }
}
