package dev.keizoku.eval.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The chat template that lies in a model's folder.
 *
 * <p>Source: huggingface/transformers 4.57.1, {@code PreTrainedTokenizerBase}: {@code
 * chat_template.jinja} stands before {@code tokenizer_config.json}, which may hold several by name,
 * of which {@code default} is taken.
 */
public final class ModelChatTemplate {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST_BYTES = 8L << 20;
  private static final String FILE = "chat_template.jinja";
  private static final String FIELD = "chat_template";

  private ModelChatTemplate() {}

  /**
   * Reads it.
   *
   * @param folder of the model
   * @return empty where it has none
   * @throws RunFault user error {@code ChatTemplateInvalid} for one that cannot be taken
   */
  public static Optional<ChatTemplate> find(ObjectStore store, StoreUri folder) {
    var config = json(store, folder.child("tokenizer_config.json"));
    var text = text(store, folder.child(FILE)).or(() -> named(config.path(FIELD)));
    try {
      return text.map(
          template ->
              ChatTemplate.of(
                  template,
                  specialTokens(config, json(store, folder.child("special_tokens_map.json")))));
    } catch (TemplateFault e) {
      throw fault(
          "The chat template of %s, line %d: %s; name another model in chat.templateOf."
              .formatted(folder, e.line(), e.getMessage()));
    }
  }

  private static Optional<String> named(JsonNode templates) {
    if (templates.isTextual()) {
      return Optional.of(templates.textValue());
    }
    for (var one : templates) {
      if (one.path("name").asText().equals("default")) {
        return Optional.ofNullable(one.path("template").textValue());
      }
    }
    return Optional.empty();
  }

  /** {@code bos_token} and its like, which are texts or objects with a {@code content}. */
  private static Map<String, String> specialTokens(JsonNode... files) {
    var tokens = new HashMap<String, String>();
    for (var file : files) {
      file.properties()
          .forEach(
              field -> {
                var value = field.getValue();
                var text = value.isObject() ? value.path("content") : value;
                if (field.getKey().endsWith("_token") && text.isTextual()) {
                  tokens.putIfAbsent(field.getKey(), text.textValue());
                }
              });
    }
    return tokens;
  }

  private static JsonNode json(ObjectStore store, StoreUri file) {
    var text = text(store, file);
    if (text.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(text.get());
    } catch (IOException e) {
      throw fault("%s is not JSON; give the tokenizer that belongs to the model.".formatted(file));
    }
  }

  private static Optional<String> text(ObjectStore store, StoreUri file) {
    var found = store.stat(file);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.get().bytes() > MOST_BYTES) {
      throw fault(
          "%s is larger than %d bytes; give the model's own file.".formatted(file, MOST_BYTES));
    }
    return Optional.of(new String(store.read(file), StandardCharsets.UTF_8));
  }

  private static RunFault fault(String sentence) {
    return RunFault.userError(Reason.CHAT_TEMPLATE_INVALID, sentence);
  }
}
