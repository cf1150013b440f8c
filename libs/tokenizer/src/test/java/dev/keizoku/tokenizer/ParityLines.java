package dev.keizoku.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/**
 * The 10,000 lines of mixed Japanese that tokenizers are compared on: markup, sentences and a
 * filing out of the text that the repository carries, and lines made of odd fragments. The same
 * rule as in src/test/python/make_parity.py.
 */
final class ParityLines {
  private static final Path DATA = Path.of("../../examples/quickstart/data");
  private static final int LINES = 10_000;
  private static final int MADE = 3_000;
  private static final int MOST_CODE_POINTS = 300;

  private final List<String> lines = new ArrayList<>();
  private long state = 20240416;

  private ParityLines() {}

  static List<String> of(JsonNode fragments) throws IOException {
    var all = new ParityLines();
    all.carried();
    all.made(fragments);
    return all.lines;
  }

  private void carried() throws IOException {
    var found = new ArrayList<String>();
    var json = new ObjectMapper();
    try (var in =
        new GZIPInputStream(
            Files.newInputStream(DATA.resolve("general/encyclopedia/jawiki-country.json.gz")))) {
      for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        split(json.readTree(line).path("text").asText(), found);
      }
    }
    unzip("general/sentences/ud-japanese-gsd.zip", ".conllu", found);
    unzip("finance/filings/S100TMMG.zip", ".htm", found);
    var step = found.size() / (LINES - MADE);
    for (var i = 0; i < LINES - MADE; i++) {
      lines.add(found.get(i * step));
    }
  }

  private static void unzip(String archive, String ending, List<String> found) throws IOException {
    try (var zip = new ZipInputStream(Files.newInputStream(DATA.resolve(archive)))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(ending)) {
          split(new String(zip.readAllBytes(), StandardCharsets.UTF_8), found);
        }
      }
    }
  }

  private static void split(String text, List<String> found) {
    for (var line : text.split("\n")) {
      if (!line.isEmpty()) {
        var length = line.codePointCount(0, line.length());
        found.add(
            line.substring(0, line.offsetByCodePoints(0, Math.min(length, MOST_CODE_POINTS))));
      }
    }
  }

  private void made(JsonNode fragments) {
    for (var i = 0; i < MADE; i++) {
      var line = new StringBuilder();
      for (var left = 1 + draw(24); left > 0; left--) {
        line.append(fragments.get(draw(fragments.size())).asText());
      }
      lines.add(line.toString());
    }
  }

  private int draw(int below) {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return (int) ((state >>> 33) % below);
  }
}
