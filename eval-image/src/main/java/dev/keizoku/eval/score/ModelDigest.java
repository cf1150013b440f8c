package dev.keizoku.eval.score;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * What pins a model's content: its manifest, whose files are checked, or else its files. A hub
 * names the content of its files by itself, and that is believed here: reading them whole would
 * double the download, and they are checked when the model is loaded.
 */
public final class ModelDigest {
  private ModelDigest() {}

  /**
   * Reads every file of the model once where the store does not know its digest.
   *
   * @throws RunFault user errors {@code DigestMismatch} when the model is not the pinned one or a
   *     file is not what its manifest says, {@code ModelNotFound} when nothing is there
   */
  public static ScoredModel identify(ObjectStore store, EvalRun.Model model) {
    var folder = Manifest.folder(StoreUri.parse(model.uri()));
    var manifestUri = folder.child(Manifest.FILE_NAME);
    if (model.sha256() == null && store.stat(manifestUri).isEmpty()) {
      return new ScoredModel(model.name(), model.uri(), ofFiles(store, folder));
    }
    var manifest = Manifest.read(store, manifestUri, model.sha256());
    for (var file : manifest.files()) {
      var uri = folder.child(file.path());
      if (!sha256(store, uri).equals(file.sha256())) {
        throw RunFault.userError(
            Reason.DIGEST_MISMATCH,
            "%s is not what %s says; write the model again.".formatted(uri, manifestUri));
      }
    }
    var sha256 = model.sha256() == null ? Digests.sha256(store.read(manifestUri)) : model.sha256();
    return new ScoredModel(model.name(), model.uri(), sha256);
  }

  /**
   * The same without reading a weight: what a manifest or the store says of the files is believed.
   * A model that neither tells of goes by its URI, so that nobody takes it for one that is known.
   *
   * @throws RunFault as {@link #identify}
   */
  public static ScoredModel atAGlance(ObjectStore store, EvalRun.Model model) {
    var folder = Manifest.folder(StoreUri.parse(model.uri()));
    var manifestUri = folder.child(Manifest.FILE_NAME);
    if (model.sha256() != null || store.stat(manifestUri).isPresent()) {
      Manifest.read(store, manifestUri, model.sha256());
      return new ScoredModel(
          model.name(),
          model.uri(),
          model.sha256() == null ? Digests.sha256(store.read(manifestUri)) : model.sha256());
    }
    boolean told =
        store.list(folder).stream().allMatch(file -> store.digest(file.uri()).isPresent());
    return new ScoredModel(
        model.name(), model.uri(), told ? ofFiles(store, folder) : "unread " + folder);
  }

  private static String ofFiles(ObjectStore store, StoreUri folder) {
    var files = store.list(folder);
    if (files.isEmpty()) {
      throw RunFault.userError(
          Reason.MODEL_NOT_FOUND,
          folder + " is empty; give the folder of a model in Hugging Face layout.");
    }
    var sums =
        files.stream()
            .map(file -> content(store, file) + "  /" + folder.relativize(file.uri()))
            .collect(Collectors.joining("\n"));
    return Digests.sha256(sums.getBytes(StandardCharsets.UTF_8));
  }

  private static String content(ObjectStore store, ObjectInfo file) {
    return store.digest(file.uri()).orElseGet(() -> sha256(store, file.uri()));
  }

  private static String sha256(ObjectStore store, StoreUri uri) {
    try (var in = store.open(uri)) {
      return Digests.sha256(in);
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.STORAGE_FAILED, "Cannot read " + uri + ": " + e.getMessage(), e);
    }
  }
}
