package dev.keizoku.llm.weights;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.tokenizer.TokenizerFiles;
import dev.keizoku.tokenizer.Tokenizers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

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

  /**
   * Loads that of a model whose weights are not at hand, of whatever family.
   *
   * @param folder with its files; others are not looked at
   * @throws RunFault as the other
   */
  public static Tokenizer load(ObjectStore store, StoreUri folder) {
    var files =
        files(
            name -> {
              var uri = folder.child(name);
              return store.stat(uri).isEmpty() ? null : store.read(uri);
            });
    return Tokenizers.of(files, folder);
  }

  /** Its files by name. */
  static Map<String, byte[]> files(ModelFolder model) {
    return files(model::file);
  }

  private static Map<String, byte[]> files(Function<String, byte[]> folder) {
    var files = new HashMap<String, byte[]>();
    for (var name : TokenizerFiles.READ) {
      var bytes = folder.apply(name);
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
