package dev.keizoku.eval.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Judgements in a file, a line of JSON each, written as they come. */
public final class JudgementFile implements KeptJudgements.Sink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedWriter out;

  private JudgementFile(BufferedWriter out) {
    this.out = out;
  }

  /** Opens a file, with what it holds if it is there. */
  public static KeptJudgements open(Path file) throws IOException {
    boolean torn = false;
    var before = new ArrayList<Judgement>();
    if (Files.exists(file)) {
      // Also of a file that ends in the middle of a character.
      var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      read(text.lines().toList(), before);
      torn = !text.isEmpty() && !text.endsWith("\n");
    }
    var out =
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (torn) {
      out.write('\n');
    }
    return new KeptJudgements(before, new JudgementFile(out));
  }

  private static void read(List<String> lines, List<Judgement> judgements) {
    for (var line : lines) {
      try {
        judgements.add(JSON.readValue(line, Judgement.class));
      } catch (JsonProcessingException e) {
        // The last line of a run that was killed while it wrote it.
        continue;
      }
    }
  }

  @Override
  public void add(Judgement judgement) {
    try {
      out.write(JSON.writeValueAsString(judgement));
      out.newLine();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
