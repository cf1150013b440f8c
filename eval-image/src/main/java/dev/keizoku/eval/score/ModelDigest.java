package dev.keizoku.eval.score;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.artifact.ManifestFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What pins a model's content: its manifest, or else its files. Weights are not read for it: what a
 * manifest or a hub says of them is checked while they are loaded, and where nobody says anything,
 * they are hashed then.
 */
public final class ModelDigest {
  private static final String WEIGHTS = ".safetensors";

  private ModelDigest() {}

  /**
   * Which model it is, as far as that is known without reading a weight. The other files of a
   * manifest are checked.
   *
   * @return empty where only its weights tell, see {@link #loaded}
   * @throws RunFault user errors {@code DigestMismatch} when the model is not the pinned one or a
   *     file is not what its manifest says, {@code ModelNotFound} when nothing is there
   */
  public static Optional<ScoredModel> known(ObjectStore store, EvalRun.Model model) {
    var folder = Manifest.folder(StoreUri.parse(model.uri()));
    if (!hasManifest(store, model, folder)) {
      boolean told =
          files(store, folder).stream()
              .allMatch(file -> !isWeights(file.uri()) || store.digest(file.uri()).isPresent());
      return told ? Optional.of(scored(model, ofFiles(store, folder, Map.of()))) : Optional.empty();
    }
    var uri = folder.child(Manifest.FILE_NAME);
    var manifest = Manifest.read(store, uri, model.sha256());
    for (var file : manifest.files()) {
      var of = folder.child(file.path());
      if (!isWeights(of)) {
        require(file.sha256().equals(sha256(store, of)), of, uri);
      }
    }
    return Optional.of(scored(model, pin(store, model, uri)));
  }

  /**
   * Which model it is that was loaded.
   *
   * @param weights digests of the files that its weights were read from, by name
   * @throws RunFault user error {@code DigestMismatch} when one is not what its manifest says
   */
  public static ScoredModel loaded(
      ObjectStore store, EvalRun.Model model, Map<String, String> weights) {
    var folder = Manifest.folder(StoreUri.parse(model.uri()));
    if (!hasManifest(store, model, folder)) {
      return scored(model, ofFiles(store, folder, weights));
    }
    var uri = folder.child(Manifest.FILE_NAME);
    var told =
        Manifest.read(store, uri, model.sha256()).files().stream()
            .collect(Collectors.toMap(ManifestFile::path, ManifestFile::sha256));
    weights.forEach(
        (name, digest) -> require(digest.equals(told.get(name)), folder.child(name), uri));
    return scored(model, pin(store, model, uri));
  }

  private static boolean hasManifest(ObjectStore store, EvalRun.Model model, StoreUri folder) {
    return model.sha256() != null || store.stat(folder.child(Manifest.FILE_NAME)).isPresent();
  }

  private static String pin(ObjectStore store, EvalRun.Model model, StoreUri manifest) {
    return model.sha256() == null ? Digests.sha256(store.read(manifest)) : model.sha256();
  }

  private static ScoredModel scored(EvalRun.Model model, String sha256) {
    return new ScoredModel(model.name(), model.uri(), sha256);
  }

  private static boolean isWeights(StoreUri file) {
    return file.name().endsWith(WEIGHTS);
  }

  private static void require(boolean same, StoreUri file, StoreUri manifest) {
    if (!same) {
      throw RunFault.userError(
          Reason.DIGEST_MISMATCH,
          "%s is not what %s says; write the model again.".formatted(file, manifest));
    }
  }

  private static List<ObjectInfo> files(ObjectStore store, StoreUri folder) {
    var files = store.list(folder);
    if (files.isEmpty()) {
      throw RunFault.userError(
          Reason.MODEL_NOT_FOUND,
          folder + " is empty; give the folder of a model in Hugging Face layout.");
    }
    return files;
  }

  private static String ofFiles(ObjectStore store, StoreUri folder, Map<String, String> read) {
    var sums =
        files(store, folder).stream()
            .map(
                file -> {
                  var name = folder.relativize(file.uri());
                  var known = store.digest(file.uri()).orElseGet(() -> read.get(name));
                  return (known == null ? sha256(store, file.uri()) : known) + "  /" + name;
                })
            .collect(Collectors.joining("\n"));
    return Digests.sha256(sums);
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
