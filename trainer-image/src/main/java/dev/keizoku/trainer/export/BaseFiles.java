package dev.keizoku.trainer.export;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.tokenizer.TokenizerFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a base model's folder goes into the tuned model as it is: tokenizer, chat template,
 * generation configuration, licence and whatever else is data; the code of a model that needs some,
 * which is copied and never run.
 */
public final class BaseFiles {
  /** How a model writes, and where it ends. */
  static final String GENERATION = "generation_config.json";

  private static final Logger LOG = LoggerFactory.getLogger(BaseFiles.class);
  private static final String CODE = ".py";

  /** They are held in memory while the run lasts. */
  private static final long LARGEST_BYTES = 64L << 20;

  /** Weights in any format: those of the tuned model are others. */
  private static final Set<String> WEIGHTS =
      Set.of(
          "safetensors", "bin", "pt", "pth", "ckpt", "h5", "msgpack", "ot", "onnx", "gguf", "npz");

  /** What the export writes itself. */
  private static final Set<String> WRITTEN =
      Set.of(
          "config.json",
          "manifest.json",
          "README.md",
          "report.html",
          "metrics.jsonl",
          "timings.jsonl",
          "samples.jsonl");

  private BaseFiles() {}

  /**
   * The files of a model's folder, without those of folders in it.
   *
   * @param needsCode whether its configuration names code ({@code auto_map})
   * @return content by name
   * @throws RunFault user error {@code TokenizerNotFound}
   */
  public static Map<String, byte[]> ofModel(ObjectStore store, StoreUri folder, boolean needsCode) {
    var names = new ArrayList<String>();
    for (var object : store.list(folder)) {
      var name = folder.relativize(object.uri());
      if (goesAlong(name, needsCode) && fits(object)) {
        names.add(name);
      }
    }
    return read(store, folder, names);
  }

  /** The files of a tokenizer alone; what else lies beside it is of no model that is made here. */
  public static Map<String, byte[]> ofTokenizer(ObjectStore store, StoreUri folder) {
    var names = new ArrayList<>(TokenizerFiles.READ);
    names.addAll(TokenizerFiles.PASSED_ON);
    names.add(GENERATION);
    names.removeIf(name -> store.stat(folder.child(name)).isEmpty());
    return read(store, folder, names);
  }

  private static Map<String, byte[]> read(ObjectStore store, StoreUri folder, List<String> names) {
    var files = new TreeMap<String, byte[]>();
    names.forEach(name -> files.put(name, store.read(folder.child(name))));
    if (!TokenizerFiles.complete(files.keySet())) {
      throw RunFault.userError(
          Reason.TOKENIZER_NOT_FOUND,
          folder + " has no tokenizer.json; give a folder that has the model's tokenizer.");
    }
    return files;
  }

  private static boolean goesAlong(String name, boolean needsCode) {
    var ending = name.substring(name.lastIndexOf('.') + 1);
    if (name.contains("/") || name.startsWith(".") || WRITTEN.contains(name)) {
      return false;
    }
    // An index is of weights too: model.safetensors.index.json.
    return name.endsWith(CODE)
        ? needsCode
        : !WEIGHTS.contains(ending) && !name.endsWith(".index.json");
  }

  private static boolean fits(ObjectInfo object) {
    if (object.bytes() > LARGEST_BYTES) {
      LOG.warn(
          "{} has {} MB and is not copied beside the tuned model",
          object.uri(),
          object.bytes() / 1_000_000);
    }
    return object.bytes() <= LARGEST_BYTES;
  }
}
