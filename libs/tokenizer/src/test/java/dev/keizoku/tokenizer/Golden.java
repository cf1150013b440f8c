package dev.keizoku.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Texts and the ids that src/test/python/make_golden.py got for them. */
record Golden(List<String> texts, List<int[]> ids) {
  static final Path FOLDER = Path.of("src/test/resources/golden");

  static Golden read(String name) throws IOException {
    return new ObjectMapper().readValue(FOLDER.resolve(name).toFile(), Golden.class);
  }
}
