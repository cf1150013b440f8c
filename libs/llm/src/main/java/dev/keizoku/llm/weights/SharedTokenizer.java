package dev.keizoku.llm.weights;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.tokenizer.Tokenizer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tokenizer of models that are opened one after another: where the next one has the files of
 * the last, it is not opened again, which takes seconds for a large vocabulary. Closed with this.
 */
public final class SharedTokenizer implements AutoCloseable {
  private String digest;
  private Tokenizer tokenizer;

  /**
   * The tokenizer of a model, until another model's is asked for.
   *
   * @throws RunFault user errors {@code TokenizerNotFound}, {@code TokenizerInvalid}
   */
  public Tokenizer of(ModelFolder model) {
    var files = ModelTokenizer.files(model);
    var found = digest(files);
    if (tokenizer == null || !found.equals(digest)) {
      close();
      tokenizer = ModelTokenizer.of(files, model);
      digest = found;
    }
    return tokenizer;
  }

  private static String digest(Map<String, byte[]> files) {
    var names = new TreeMap<String, String>();
    files.forEach((name, bytes) -> names.put(name, Digests.sha256(bytes)));
    return names.toString();
  }

  @Override
  public void close() {
    if (tokenizer != null) {
      tokenizer.close();
      tokenizer = null;
    }
  }
}
