package dev.keizoku.eval.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.Importable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A template as lm-evaluation-harness renders it: Jinja with {@code StrictUndefined}, the newline
 * at its end kept. A value's own braces are never looked at.
 *
 * <p>[NOT IMPLEMENTED] Python's way of printing a comparison, and a whole list whose texts hold
 * quotes or newlines; print its items.
 *
 * <p>Bounded: {@value #MAX_OUTPUT} characters of output, lists of {@value #MAX_ITEMS} items,
 * {@value #MAX_LOOPS} loops inside each other. What a template may use is in {@link #TAGS}, {@link
 * #FILTERS} and {@link PythonMethods}; all else is refused.
 */
public final class JinjaTemplate {
  private static final int MAX_OUTPUT = 4_000_000;
  private static final int MAX_ITEMS = 1000;
  private static final int MAX_LOOPS = 2;
  private static final Set<String> TAGS =
      Set.of("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "raw", "endraw");
  private static final Set<String> FILTERS =
      Set.of(
          "abs",
          "capitalize",
          "count",
          "d",
          "default",
          "first",
          "float",
          "int",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "max",
          "min",
          "replace",
          "reverse",
          "round",
          "safe",
          "sort",
          "string",
          "sum",
          "title",
          "trim",
          "unique",
          "upper");
  private static final Pattern LOOP = Pattern.compile("\\{%-?\\s*(for|endfor)\\b");
  private static final Pattern ALONE =
      Pattern.compile("\\A\\{\\{(((?!\\}\\}).)*)\\}\\}\\z", Pattern.DOTALL);
  private static final JinjavaConfig CONFIG =
      JinjavaConfig.newBuilder()
          .withFailOnUnknownTokens(true)
          .withNestedInterpretationEnabled(false)
          .withKeepTrailingNewline(true)
          .withEnableRecursiveMacroCalls(false)
          .withReadOnlyResolver(true)
          .withElResolver(new PythonMethods())
          .withMaxOutputSize(MAX_OUTPUT)
          .withMaxStringLength(MAX_OUTPUT)
          .withMaxListSize(MAX_ITEMS)
          .withMaxMapSize(MAX_ITEMS)
          .withMaxRenderDepth(10)
          .withDisabled(disabled())
          .withLegacyOverrides(
              LegacyOverrides.newBuilder()
                  .withUsePyishObjectMapper(true)
                  .withParseWhitespaceControlStrictly(true)
                  .withIterateOverMapKeys(true)
                  .withEvaluateMapKeys(true)
                  .withKeepNullableLoopValues(true)
                  .withUseTrimmingForNotesAndExpressions(true)
                  .build())
          .build();
  private static final Jinjava JINJA = new Jinjava(CONFIG);

  static {
    JINJA.getGlobalContext().registerFilter(new TrimFilter());
    JINJA.getGlobalContext().registerExpTest(new NoneTest());
  }

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
    int depth = 0;
    var loops = LOOP.matcher(text);
    while (loops.find()) {
      depth += loops.group(1).equals("for") ? 1 : -1;
      if (depth > MAX_LOOPS) {
        int line = (int) text.substring(0, loops.start()).lines().count();
        throw new TemplateFault(
            Math.max(1, line), "more than %d loops inside each other".formatted(MAX_LOOPS));
      }
    }
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
    var context = new Context(JINJA.getGlobalContextCopy(), seen, CONFIG.getDisabled());
    var interpreter = new JinjavaInterpreter(JINJA, context, CONFIG);
    JinjavaInterpreter.pushCurrent(interpreter);
    T done;
    try {
      done = work.apply(interpreter);
    } catch (InterpretException e) {
      throw new TemplateFault(Math.max(1, e.getLineNumber()), e.getMessage());
    } catch (RuntimeException e) {
      throw new TemplateFault(1, e.getMessage());
    } finally {
      JinjavaInterpreter.popCurrent();
    }
    // Warnings too: what is left out of a prompt in silence makes another prompt.
    List<TemplateError> errors = interpreter.getErrorsCopy();
    if (!errors.isEmpty()) {
      var error = errors.getFirst();
      throw new TemplateFault(Math.max(1, error.getLineno()), error.getMessage());
    }
    return done;
  }

  private static Map<Library, Set<String>> disabled() {
    var all = new Jinjava().getGlobalContext();
    return Map.of(
        Library.TAG, without(all.getAllTags(), TAGS),
        Library.FILTER, without(all.getAllFilters(), FILTERS),
        Library.FUNCTION, without(all.getAllFunctions(), Set.of()));
  }

  private static Set<String> without(Collection<? extends Importable> all, Set<String> kept) {
    return all.stream()
        .map(Importable::getName)
        .filter(name -> !kept.contains(name))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
