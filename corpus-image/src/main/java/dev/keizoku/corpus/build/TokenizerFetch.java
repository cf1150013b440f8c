package dev.keizoku.corpus.build;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.tokenizer.TokenizerFiles;
import dev.keizoku.tokenizer.Tokenizers;
import java.nio.file.Path;

/** Brings a tokenizer's files from the store and opens it. */
final class TokenizerFetch {
  private TokenizerFetch() {}

  /**
   * Opens a tokenizer.
   *
   * @param uri a folder, {@code tokenizer.json} or a {@code .tiktoken} file
   * @param local folder for the copies
   */
  static Tokenizer open(ObjectStore store, String uri, Path local) {
    if (uri == null || uri.isBlank()) {
      throw RunFault.userError(
          Reason.TOKENIZER_NOT_FOUND,
          "The run names no tokenizer; set tokenizer to its folder's URI.");
    }
    var given = StoreUri.parse(uri);
    boolean file = TokenizerFiles.isVocabulary(given.name());
    var folder = file ? given.parent() : given;
    TokenizerFiles.SPECIAL_TOKENS.forEach(
        name -> copy(store, folder.child(name), local.resolve(name)));
    var found = copy(store, folder.child(TokenizerFiles.JSON), local.resolve(TokenizerFiles.JSON));
    if (!found) {
      found = copyVocabulary(store, given, folder, local);
    }
    if (!found) {
      throw RunFault.userError(
          Reason.TOKENIZER_NOT_FOUND,
          "There is no tokenizer.json at %s; upload it or correct tokenizer.".formatted(uri));
    }
    return Tokenizers.load(local);
  }

  private static boolean copyVocabulary(
      ObjectStore store, StoreUri given, StoreUri folder, Path local) {
    return store.list(folder).stream()
        .filter(object -> object.uri().name().endsWith(TokenizerFiles.TIKTOKEN_ENDING))
        .filter(
            object ->
                !given.name().endsWith(TokenizerFiles.TIKTOKEN_ENDING)
                    || object.uri().equals(given))
        .findFirst()
        .map(object -> copy(store, object.uri(), local.resolve("vocabulary.tiktoken")))
        .orElse(false);
  }

  private static boolean copy(ObjectStore store, StoreUri uri, Path to) {
    if (store.stat(uri).isEmpty()) {
      return false;
    }
    store.download(uri, to);
    return true;
  }
}
