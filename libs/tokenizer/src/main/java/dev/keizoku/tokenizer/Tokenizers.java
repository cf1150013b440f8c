package dev.keizoku.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the tokenizer of a model's folder. */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * Reads the tokenizer in a folder: {@code tokenizer.json} where there is one, else the {@code
   * .tiktoken} file.
   *
   * @param where folder, or one of the two files
   * @throws dev.keizoku.contract.fault.RunFault user errors {@code TokenizerNotFound} and {@code
   *     TokenizerInvalid}
   */
  public static Tokenizer load(Path where) {
    try {
      var file = Files.isDirectory(where) ? vocabularyIn(where) : where;
      if (!Files.isRegularFile(file)) {
        throw TokenizerFaults.notFound(where);
      }
      return file.getFileName().toString().endsWith(TokenizerFiles.TIKTOKEN_ENDING)
          ? new TiktokenTokenizer(file)
          : new HuggingFaceTokenizer(file);
    } catch (IOException e) {
      throw TokenizerFaults.invalid(where, String.valueOf(e.getMessage()), e);
    }
  }

  private static Path vocabularyIn(Path folder) throws IOException {
    var json = folder.resolve(TokenizerFiles.JSON);
    if (Files.isRegularFile(json)) {
      return json;
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(TokenizerFiles.TIKTOKEN_ENDING))
          .sorted()
          .findFirst()
          .orElseThrow(() -> TokenizerFaults.notFound(folder));
    }
  }
}
