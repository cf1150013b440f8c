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
import java.util.HashMap;
import java.util.Map;

/** Judgements in a file, a line of JSON each, written as they come. Safe for many threads. */
public final class KeptJudgements implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Judgement> byKey = new HashMap<>();
  private final BufferedWriter out;

  private KeptJudgements(BufferedWriter out) {
    this.out = out;
  }

  /** Opens a file, with what it holds if it is there. */
  public static KeptJudgements open(Path file) throws IOException {
    boolean torn = false;
    var before = new HashMap<String, Judgement>();
    if (Files.exists(file)) {
      // Also of a file that ends in the middle of a character.
      var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      for (var line : text.lines().toList()) {
        try {
          var judgement = JSON.readValue(line, Judgement.class);
          before.put(judgement.key(), judgement);
        } catch (JsonProcessingException e) {
          // The last line of a run that was killed while it wrote it.
          continue;
        }
      }
      torn = !text.isEmpty() && !text.endsWith("\n");
    }
    var out =
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (torn) {
      out.write('\n');
    }
    var kept = new KeptJudgements(out);
    kept.byKey.putAll(before);
    return kept;
  }

  /** Whether the judge has said something of it that can be read. */
  synchronized boolean has(String key) {
    return byKey.containsKey(key) && byKey.get(key).verdict() != Verdict.UNSCORED;
  }

  synchronized Judgement get(String key) {
    return byKey.get(key);
  }

  synchronized void add(Judgement judgement) {
    byKey.put(judgement.key(), judgement);
    try {
      out.write(JSON.writeValueAsString(judgement));
      out.newLine();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
