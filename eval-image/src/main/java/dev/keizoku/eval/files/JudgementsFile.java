package dev.keizoku.eval.files;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.eval.judge.JudgedCandidate;
import dev.keizoku.eval.judge.Judgement;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * {@code judgements.jsonl}: a line for each order of each pair of answers, with the judge's whole
 * text or why there is none.
 */
public final class JudgementsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JudgementsFile() {}

  /** A judgement and whose it is. */
  private record Line(String candidate, @JsonUnwrapped Judgement judgement) {}

  /** Writes all lines; the stream stays open. */
  public static void write(OutputStream out, List<JudgedCandidate> judged) throws IOException {
    for (var candidate : judged) {
      for (var judgement : candidate.judgements()) {
        out.write(JSON.writeValueAsBytes(new Line(candidate.name(), judgement)));
        out.write('\n');
      }
    }
  }
}
