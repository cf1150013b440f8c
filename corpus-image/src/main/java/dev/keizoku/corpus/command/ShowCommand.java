package dev.keizoku.corpus.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.CorpusRun.Filters;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.filter.FilterChain;
import dev.keizoku.corpus.filter.FilterChain.Asked;
import dev.keizoku.corpus.versions.VersionTables;
import dev.keizoku.program.Scratch;
import dev.keizoku.program.store.StoreOptions;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corpus show MANIFEST_URI --id ID}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Tells a document's way through a corpus version: where it is from, what was measured of it"
            + " against which limits, and why it stayed or went.")
public final class ShowCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "source",
          "url",
          "place",
          "title",
          "date",
          "reason",
          "duplicate_of",
          "cluster",
          "cluster_size",
          "characters",
          "tokens",
          "attributes");

  private static final String QUESTIONS = "benchmarks/found.jsonl";

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions storage;

  @Mixin private Scratch scratch;

  @Parameters(paramLabel = "MANIFEST_URI", description = "URI of the version's manifest.json.")
  private String uri;

  @Option(
      names = "--id",
      required = true,
      description = "The document's id, or the beginning of it.")
  private String id;

  public ShowCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  private record Found(String table, Map<String, String> row) {}

  @Override
  public Integer call() throws IOException {
    try (var store = storage.open(environment);
        var folder = scratch.open()) {
      var tables = new VersionTables(store, StoreUri.parse(uri), folder.resolve("tables"));
      var found = new ArrayList<Found>();
      for (var table : List.of("documents/", "dropped/")) {
        tables.read(
            table,
            COLUMNS,
            row -> {
              if (row.get("id").startsWith(id)) {
                found.add(new Found(table, row));
              }
            });
      }
      if (found.isEmpty()) {
        throw RunFault.userError(
            Reason.DOCUMENT_NOT_FOUND,
            "%s has no document whose id begins with '%s'; ids are in documents/ and dropped/, what could"
                    .formatted(uri, id)
                + " not be read has none and is in rejected/.");
      }
      var questions = tables.file(QUESTIONS);
      for (var each : found) {
        print(each, tables.manifest());
        if (questions.isPresent()) {
          questions(questions.get(), each.row().get("id"));
        }
        spec.commandLine().getOut().println();
      }
    }
    return 0;
  }

  private void print(Found found, CorpusManifest manifest) {
    var out = spec.commandLine().getOut();
    var row = found.row();
    row.forEach(
        (name, value) -> {
          if (!value.isEmpty() && !name.equals("attributes")) {
            line(out, name, value);
          }
        });
    var attributes = json(row.getOrDefault("attributes", "{}"));
    attributes
        .properties()
        .forEach(
            each -> {
              if (!each.getKey().startsWith(FilterChain.MEASURE)) {
                line(out, each.getKey(), each.getValue().asText());
              }
            });
    line(out, "fate", fate(found));
    rules(out, row.get("source"), manifest, attributes);
  }

  /** The questions of benchmarks that it held, of those that the version lists by place. */
  private void questions(Path list, String document) throws IOException {
    try (var lines = Files.lines(list)) {
      lines
          .map(ShowCommand::json)
          .filter(found -> found.path("id").asText().equals(document))
          .forEach(
              found ->
                  line(
                      spec.commandLine().getOut(),
                      "question",
                      "%s %s, %d characters in a row: %s"
                          .formatted(
                              found.path("benchmark").asText(),
                              found.path("questions"),
                              found.path("characters").asInt(),
                              found.path("excerpt").asText().replaceAll("\\s+", " "))));
    }
  }

  private static String fate(Found found) {
    return found.table().equals("documents/") ? "kept" : "dropped: " + found.row().get("reason");
  }

  private static <T> T as(JsonNode node, Class<T> type) {
    return Json.read(Json.bytes(node), type, "spec");
  }

  private static JsonNode json(String written) {
    return Json.read(written.getBytes(StandardCharsets.UTF_8), JsonNode.class, "a line");
  }

  private static void rules(
      PrintWriter out, String source, CorpusManifest manifest, JsonNode attributes) {
    var run = manifest.provenance().spec();
    for (var each : run.get("sources")) {
      if (each.get("name").asText().equals(source)) {
        var general = as(run.get("filters"), Filters.class);
        for (var asked : FilterChain.of(as(each, Source.class).rules(general)).asked()) {
          rule(out, asked, attributes);
        }
      }
    }
  }

  private static void rule(PrintWriter out, Asked asked, JsonNode attributes) {
    var measured = attributes.path(FilterChain.MEASURE + asked.rule().reason());
    out.printf(
        Locale.ROOT,
        "  %-26s %10s  (%s %s)%n",
        asked.rule().reason(),
        measured.isMissingNode() ? "-" : measured.asText(),
        asked.rule().bound(),
        FilterChain.written(asked.limit()));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf(Locale.ROOT, "%-14s %s%n", name, value);
  }
}
