package dev.keizoku.llm.weights;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tokens that end a text of a model, as transformers' {@code generate} knows them: {@code
 * eos_token_id} of {@code generation_config.json}, one or several, else of {@code config.json}.
 */
public final class EndTokens {
  private static final String FIELD = "eos_token_id";

  private EndTokens() {}

  /**
   * The model's end tokens.
   *
   * @param folder of the model
   * @param tokenizers end token of its tokenizer, which is always one
   */
  public static Set<Integer> of(ObjectStore store, StoreUri folder, int tokenizers) {
    var named =
        Stream.of("generation_config.json", "config.json")
            .map(folder::child)
            .filter(file -> store.stat(file).isPresent())
            .map(file -> read(store, file).get(FIELD))
            .filter(value -> value != null)
            .findFirst()
            .orElse(List.of());
    var ids = named instanceof Collection<?> several ? several : List.of(named);
    return Stream.concat(Stream.of(tokenizers), ids.stream().map(id -> ((Number) id).intValue()))
        .collect(Collectors.toUnmodifiableSet());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(ObjectStore store, StoreUri file) {
    return Json.read(store.read(file), LinkedHashMap.class, file.toString());
  }
}
