package dev.keizoku.llm.weights;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.tokenizer.TokenizerFiles;
import dev.keizoku.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The tokenizer that lies in a model's folder; its library reads local files only. */
public final class ModelTokenizer {
  private ModelTokenizer() {}

  /**
   * Loads it.
   *
   * @throws RunFault user errors {@code TokenizerNotFound}, {@code TokenizerInvalid}
   */
  public static Tokenizer load(ModelFolder model) {
    var files = new HashMap<String, byte[]>();
    for (var name : TokenizerFiles.READ) {
      var bytes = model.file(name);
      if (bytes != null) {
        files.put(name, bytes);
      }
    }
    requireVocabulary(files.keySet(), model.uri());
    return load(files);
  }

  /**
   * Loads it from files at hand.
   *
   * @param files content by name; those that are not the tokenizer's are not looked at
   * @throws RunFault user errors {@code TokenizerNotFound}, {@code TokenizerInvalid}
   */
  public static Tokenizer load(Map<String, byte[]> files) {
    try {
      var scratch = Files.createTempDirectory("tokenizer");
      try {
        for (var name : TokenizerFiles.READ) {
          if (files.containsKey(name)) {
            Files.write(scratch.resolve(name), files.get(name));
          }
        }
        return Tokenizers.load(scratch);
      } finally {
        for (var name : TokenizerFiles.READ) {
          Files.deleteIfExists(scratch.resolve(name));
        }
        Files.delete(scratch);
      }
    } catch (IOException e) {
      throw RunFault.tryAgain(Reason.SCRATCH_FAILED, "Cannot write a temporary file: " + e, e);
    }
  }

  private static void requireVocabulary(Set<String> names, StoreUri uri) {
    if (!TokenizerFiles.complete(names)) {
      throw RunFault.userError(
          Reason.TOKENIZER_NOT_FOUND,
          uri + " has neither tokenizer.json nor qwen.tiktoken; put the model's tokenizer there.");
    }
  }
}
