package dev.keizoku.llm.weights;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.tokenizer.TokenizerFiles;
import dev.keizoku.tokenizer.Tokenizers;
import java.util.HashMap;
import java.util.Map;

/** The tokenizer that lies in a model's folder. */
public final class ModelTokenizer {
  private ModelTokenizer() {}

  /**
   * Loads it.
   *
   * @throws RunFault user errors {@code TokenizerNotFound}, {@code TokenizerInvalid}
   */
  public static Tokenizer load(ModelFolder model) {
    return of(files(model), model);
  }

  /** Its files by name. */
  static Map<String, byte[]> files(ModelFolder model) {
    var files = new HashMap<String, byte[]>();
    for (var name : TokenizerFiles.READ) {
      var bytes = model.file(name);
      if (bytes != null) {
        files.put(name, bytes);
      }
    }
    return files;
  }

  static Tokenizer of(Map<String, byte[]> files, ModelFolder model) {
    return Tokenizers.of(files, model.uri());
  }
}
