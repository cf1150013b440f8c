package dev.keizoku.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Opens the tokenizer of a model's folder. */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * Reads the tokenizer in a local folder: {@code tokenizer.json} where there is one, else the
   * {@code .tiktoken} file.
   *
   * @param where folder, or one of the two files
   * @throws dev.keizoku.contract.fault.RunFault user errors {@code TokenizerNotFound} and {@code
   *     TokenizerInvalid}
   */
  public static Tokenizer load(Path where) {
    try {
      var files = new TreeMap<String, byte[]>();
      if (Files.isDirectory(where)) {
        collect(where, files);
      } else if (Files.isRegularFile(where)) {
        collect(where.toAbsolutePath().getParent(), files);
        files.keySet().removeIf(TokenizerFiles::isVocabulary);
        var name = where.getFileName().toString();
        files.put(
            name.endsWith(TokenizerFiles.TIKTOKEN_ENDING) ? name : TokenizerFiles.JSON,
            Files.readAllBytes(where));
      }
      return of(files, where);
    } catch (IOException e) {
      throw TokenizerFaults.invalid(where.toString(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void collect(Path folder, Map<String, byte[]> files) throws IOException {
    try (var found = Files.list(folder)) {
      for (var file : (Iterable<Path>) found::iterator) {
        var name = file.getFileName().toString();
        if (Files.isRegularFile(file) && TokenizerFiles.isRead(name)) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    }
  }

  /**
   * Opens the tokenizer of files at hand; nothing is written to disk.
   *
   * @param files content by name; those that are not the tokenizer's are not looked at
   * @param where they are from, for the sentence when there is no vocabulary among them
   * @throws dev.keizoku.contract.fault.RunFault user errors {@code TokenizerNotFound} and {@code
   *     TokenizerInvalid}
   */
  public static Tokenizer of(Map<String, byte[]> files, Object where) {
    try {
      if (files.containsKey(TokenizerFiles.JSON)) {
        return new HuggingFaceTokenizer(files);
      }
      var name =
          files.keySet().stream()
              .filter(TokenizerFiles::isVocabulary)
              .sorted()
              .findFirst()
              .orElseThrow(() -> TokenizerFaults.notFound(where));
      return new TiktokenTokenizer(name, files.get(name));
    } catch (IOException e) {
      throw TokenizerFaults.invalid(String.valueOf(where), String.valueOf(e.getMessage()), e);
    }
  }
}
