package dev.keizoku.eval.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A template as lm-evaluation-harness renders it: Jinja with {@code StrictUndefined}, the newline
 * at its end kept. A value's own braces are never looked at.
 *
 * <p>[NOT IMPLEMENTED] Python's way of printing a comparison, and a whole list whose texts hold
 * quotes or newlines; print its items.
 *
 * <p>Bounded, and what a template may use is in {@link Sandbox} and {@link PythonMethods}; all else
 * is refused.
 */
public final class JinjaTemplate {
  private static final Pattern ALONE =
      Pattern.compile("\\A\\{\\{(((?!\\}\\}).)*)\\}\\}\\z", Pattern.DOTALL);
  private static final Sandbox SANDBOX =
      new Sandbox(
          settings -> settings.withFailOnUnknownTokens(true).withKeepTrailingNewline(true),
          Set.of(),
          List.of());

  private final String text;

  private JinjaTemplate(String text) {
    this.text = text;
  }

  /**
   * Takes a template's text.
   *
   * @throws TemplateFault when loops are nested too deeply
   */
  public static JinjaTemplate of(String text) {
    Sandbox.check(text);
    return new JinjaTemplate(text);
  }

  /** The text as it was written. */
  public String text() {
    return text;
  }

  /**
   * Renders it.
   *
   * @param row values by name; numbers, texts, truth values, null, and lists and maps of them
   * @throws TemplateFault with the line
   */
  public String render(Map<String, Object> row) {
    if (text.indexOf('{') < 0) {
      return text;
    }
    return with(row, interpreter -> interpreter.render(text));
  }

  /**
   * The value of a template that is nothing but one expression in braces; the rendered text of
   * another.
   *
   * @throws TemplateFault with the line
   */
  public Object value(Map<String, Object> row) {
    var alone = ALONE.matcher(text.strip());
    if (!alone.matches()) {
      return render(row);
    }
    var value = with(row, of -> of.resolveELExpression(alone.group(1).strip(), 1));
    if (value == null) {
      throw new TemplateFault(1, "nothing comes out of " + text);
    }
    return value;
  }

  private static <T> T with(Map<String, Object> row, Function<JinjavaInterpreter, T> work) {
    var seen = new HashMap<String, Object>();
    row.forEach((name, value) -> seen.put(name, PythonWord.in(value)));
    return SANDBOX.with(seen, work);
  }
}
