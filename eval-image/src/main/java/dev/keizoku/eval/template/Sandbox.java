package dev.keizoku.eval.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where templates of strangers are rendered: no Java class, file or other template can be reached
 * from there, and loops and output are bounded: {@value #MAX_OUTPUT} characters, lists of {@value
 * #MAX_ITEMS} items, {@value #MAX_LOOPS} loops inside each other.
 */
final class Sandbox {
  static final int MAX_OUTPUT = 4_000_000;
  private static final int MAX_ITEMS = 1000;
  private static final int MAX_LOOPS = 2;
  private static final Pattern LOOP = Pattern.compile("\\{%[-+]?\\s*(for|endfor)\\b");
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

  private final JinjavaConfig config;
  private final Jinjava jinja;

  /**
   * @param settings what is set beside the bounds
   * @param filters that may be used besides the usual ones
   * @param functions that may be called
   */
  Sandbox(
      Consumer<JinjavaConfig.Builder> settings,
      Set<String> filters,
      List<ELFunctionDefinition> functions) {
    var own = functions.stream().map(Importable::getName).collect(Collectors.toSet());
    var allowed = new HashSet<>(FILTERS);
    allowed.addAll(filters);
    var builder =
        JinjavaConfig.newBuilder()
            .withNestedInterpretationEnabled(false)
            .withEnableRecursiveMacroCalls(false)
            .withReadOnlyResolver(true)
            .withElResolver(new PythonMethods())
            .withMaxOutputSize(MAX_OUTPUT)
            .withMaxStringLength(MAX_OUTPUT)
            .withMaxListSize(MAX_ITEMS)
            .withMaxMapSize(MAX_ITEMS)
            .withMaxRenderDepth(10)
            .withDisabled(disabled(allowed, own))
            .withLegacyOverrides(
                LegacyOverrides.newBuilder()
                    .withUsePyishObjectMapper(true)
                    .withParseWhitespaceControlStrictly(true)
                    .withIterateOverMapKeys(true)
                    .withEvaluateMapKeys(true)
                    .withKeepNullableLoopValues(true)
                    .withUseTrimmingForNotesAndExpressions(true)
                    .build());
    settings.accept(builder);
    config = builder.build();
    jinja = new Jinjava(config);
    jinja.getGlobalContext().registerFilter(new TrimFilter());
    jinja.getGlobalContext().registerExpTest(new NoneTest());
    functions.forEach(jinja.getGlobalContext()::registerFunction);
  }

  /**
   * Looks how deep a template's loops lie.
   *
   * @throws TemplateFault when too deep
   */
  static void check(String text) {
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
  }

  /**
   * Does something with a template.
   *
   * @param values by name, as templates see them
   * @throws TemplateFault with the line
   */
  synchronized <T> T with(Map<String, Object> values, Function<JinjavaInterpreter, T> work) {
    // A copy of all filters, tests and functions for each text, as Jinjava makes one, takes longer
    // than the text; one text at a time can share them.
    var usable = jinja.getGlobalContext();
    var context = new Context(usable, values, config.getDisabled());
    var interpreter = new JinjavaInterpreter(jinja, context, config);
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
      usable.reset();
      usable.clear();
    }
    // Warnings too: what is left out of a prompt in silence makes another prompt.
    var errors = interpreter.getErrorsCopy();
    if (!errors.isEmpty()) {
      var error = errors.getFirst();
      throw new TemplateFault(
          Math.max(1, error.getLineno()), refusal(error.getException(), error.getMessage()));
    }
    return done;
  }

  /** A template's own words, if it was the template that refused. */
  private static String refusal(Throwable thrown, String otherwise) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof TemplateFault own) {
        return own.getMessage();
      }
    }
    return otherwise;
  }

  private static Map<Library, Set<String>> disabled(Set<String> filters, Set<String> functions) {
    var all = new Jinjava().getGlobalContext();
    return Map.of(
        Library.TAG, without(all.getAllTags(), TAGS),
        Library.FILTER, without(all.getAllFilters(), filters),
        Library.FUNCTION, without(all.getAllFunctions(), functions));
  }

  private static Set<String> without(Collection<? extends Importable> all, Set<String> kept) {
    return all.stream()
        .map(Importable::getName)
        .filter(name -> !kept.contains(name))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
