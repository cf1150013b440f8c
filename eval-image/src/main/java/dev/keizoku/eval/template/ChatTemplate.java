package dev.keizoku.eval.template;

import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a model wants a conversation written: the {@code chat_template} of its tokenizer.
 *
 * <p>Source: huggingface/transformers 4.57.1, {@code render_jinja_template}: blocks are trimmed,
 * what is not there is empty, a template may refuse a conversation with {@code raise_exception}.
 *
 * <p>[NOT IMPLEMENTED] tools, documents, pictures, macros, {@code strftime_now} (a prompt does not
 * depend on the day).
 */
public final class ChatTemplate {
  private static final int MOST_MESSAGES = 400;

  private static final Sandbox SANDBOX =
      new Sandbox(
          settings -> settings.withTrimBlocks(true).withLstripBlocks(true),
          Set.of("tojson"),
          List.of(raise(), namespace()));

  private final String written;
  private final String text;
  private final Map<String, String> specialTokens;

  private ChatTemplate(String written, Map<String, String> specialTokens) {
    this.written = written;
    this.text = PythonSyntax.readable(written);
    this.specialTokens = Map.copyOf(specialTokens);
  }

  /**
   * What somebody says.
   *
   * @param role {@code system}, {@code user} or {@code assistant}
   * @param content the words
   */
  public record Message(String role, String content) {}

  /**
   * Takes a template's text.
   *
   * @param specialTokens by name: {@code bos_token}, {@code eos_token} and such
   * @throws TemplateFault when loops are nested too deeply
   */
  public static ChatTemplate of(String text, Map<String, String> specialTokens) {
    Sandbox.check(text);
    return new ChatTemplate(text, specialTokens);
  }

  /** The text as it lies in the model's folder. */
  public String written() {
    return written;
  }

  /** The text as it is rendered. */
  public String text() {
    return text;
  }

  /**
   * Writes a conversation.
   *
   * @param answering whether the beginning of an answer follows ({@code add_generation_prompt})
   * @param settings what the template asks besides, as {@code enable_thinking}
   * @throws TemplateFault with the line, where the template refuses the conversation too
   */
  public String render(List<Message> messages, boolean answering, Map<String, Object> settings) {
    if (messages.size() > MOST_MESSAGES) {
      throw new TemplateFault(
          1, "%d messages, %d are possible".formatted(messages.size(), MOST_MESSAGES));
    }
    var said = new ArrayList<Object>();
    for (var message : messages) {
      var one = new LinkedHashMap<String, Object>();
      one.put("role", message.role());
      one.put("content", message.content());
      said.add(one);
    }
    var seen = new HashMap<String, Object>(settings);
    seen.putAll(specialTokens);
    seen.put("messages", said);
    seen.put("add_generation_prompt", answering);
    seen.put("tools", PythonWord.in(null));
    return SANDBOX.with(seen, of -> of.render(text));
  }

  private static ELFunctionDefinition raise() {
    return new ELFunctionDefinition("", "raise_exception", refusal());
  }

  private static ELFunctionDefinition namespace() {
    return new com.hubspot.jinjava.Jinjava()
        .getGlobalContext().getAllFunctions().stream()
            .filter(function -> function.getLocalName().equals("namespace"))
            .findFirst()
            .orElseThrow();
  }

  private static Method refusal() {
    try {
      return ChatTemplate.class.getMethod("refuse", String.class);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What {@code raise_exception} of a template does. */
  public static String refuse(String message) {
    throw new TemplateFault(1, message);
  }
}
