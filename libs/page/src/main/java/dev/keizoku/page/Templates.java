package dev.keizoku.page;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.UserTagSectionHelper;
import io.quarkus.qute.Variant;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Qute with the pieces of a page as tags: {@code table}, {@code facts}, {@code curves}, {@code
 * bars}, {@code intervals}. Every value is escaped but the page's own style and script; a value
 * that is not there is a fault. {@code msg:} says a page's words, as it does in Quarkus.
 */
final class Templates {
  /** Attribute of a page's {@link Words}. */
  static final String WORDS = "words";

  private static final Engine ENGINE = start();

  private Templates() {}

  static Engine engine() {
    return ENGINE;
  }

  private static Engine start() {
    var builder =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .addNamespaceResolver(
                NamespaceResolver.builder("msg").resolveAsync(Templates::said).build())
            .addLocator(id -> Optional.of(new Located(Assets.text(id))));
    for (var tag : List.of("table", "facts", "curves", "bars", "intervals")) {
      builder.addSectionHelper(
          new UserTagSectionHelper.Factory(tag, "page/%s.html".formatted(tag)));
    }
    return builder.build();
  }

  private static CompletionStage<Object> said(EvalContext context) {
    var words = (Words) context.getAttribute(WORDS);
    var values =
        context.getParams().stream()
            .map(value -> context.evaluate(value).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(values.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                words.say(
                    context.getName(),
                    values.stream()
                        .map(value -> String.valueOf(value.join()))
                        .toArray(String[]::new)));
  }

  /** A template of the class path; all of them are HTML. */
  private record Located(String text) implements TemplateLocation {
    @Override
    public Reader read() {
      return new StringReader(text);
    }

    @Override
    public Optional<Variant> getVariant() {
      return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
    }
  }
}
