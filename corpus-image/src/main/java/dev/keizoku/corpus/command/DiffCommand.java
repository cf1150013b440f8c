package dev.keizoku.corpus.command;

import dev.keizoku.corpus.versions.VersionTables;
import dev.keizoku.program.Scratch;
import dev.keizoku.program.store.StoreOptions;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corpus diff MANIFEST_URI MANIFEST_URI}. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description =
        "Tells which settings and files of one corpus version are others in another one, and what"
            + " became of each document, by source and reason, with a few ids of each.")
public final class DiffCommand implements Callable<Integer> {
  private static final int EXAMPLES = 3;
  private static final int ID_CHARACTERS = 12;
  private static final String KEPT = "kept";
  private static final String HELD_OUT = "held out";
  private static final String ABSENT = "not in it";

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions storage;

  @Mixin private Scratch scratch;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "URI of a version's manifest.json.")
  private String before;

  @Parameters(
      index = "1",
      paramLabel = "AFTER",
      description = "URI of the manifest.json of another one.")
  private String after;

  public DiffCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What a version says of a document. */
  private record Fate(String source, String word) {}

  /** Documents that went the same way. */
  private record Way(String source, String before, String after) {}

  @Override
  public Integer call() throws IOException {
    try (var store = storage.open(environment);
        var folder = scratch.open()) {
      var first = new VersionTables(store, StoreUri.parse(before), folder.resolve("before"));
      var second = new VersionTables(store, StoreUri.parse(after), folder.resolve("after"));
      warn(first.manifest().tool(), second.manifest().tool());
      var out = spec.commandLine().getOut();
      settings(first)
          .changes(settings(second))
          .forEach((path, change) -> out.printf(Locale.ROOT, "%-44s %s%n", path, change));
      var files = files(first);
      files(second).forEach((source, after) -> print(out, source, files.remove(source), after));
      files.forEach((source, before) -> print(out, source, before, null));
      out.println();
      var old = fates(first);
      var ways = new TreeMap<Way, List<String>>(order());
      fates(second)
          .forEach(
              (id, fate) -> {
                var was = old.remove(id);
                add(ways, id, fate.source(), was == null ? ABSENT : was.word(), fate.word());
              });
      old.forEach((id, fate) -> add(ways, id, fate.source(), fate.word(), ABSENT));
      print(ways);
    }
    return 0;
  }

  private static Comparator<Way> order() {
    return Comparator.comparing(Way::source).thenComparing(Way::before).thenComparing(Way::after);
  }

  /** Two releases may call the same document by two ids. */
  private void warn(String toolBefore, String toolAfter) {
    if (!toolBefore.equals(toolAfter)) {
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "The versions are of two releases (%s, %s), which may call one document by two ids;"
                  + " build the older one again to compare document by document.%n",
              toolBefore,
              toolAfter);
    }
  }

  private static Settings settings(VersionTables tables) {
    return Settings.of(tables.manifest().provenance().spec());
  }

  /** Digests by path of the files of each source. */
  private static Map<String, Map<String, String>> files(VersionTables tables) throws IOException {
    var files = new TreeMap<String, Map<String, String>>();
    tables.read(
        "inputs/files",
        List.of("source", "path", "sha256"),
        row ->
            files
                .computeIfAbsent(row.get("source"), source -> new TreeMap<>())
                .put(row.get("path"), row.get("sha256")));
    return files;
  }

  private static void print(
      PrintWriter out, String source, Map<String, String> before, Map<String, String> after) {
    var old = before == null ? Map.<String, String>of() : before;
    var now = after == null ? Map.<String, String>of() : after;
    long added = now.keySet().stream().filter(path -> !old.containsKey(path)).count();
    long gone = old.keySet().stream().filter(path -> !now.containsKey(path)).count();
    long others =
        now.entrySet().stream()
            .filter(
                file -> !old.getOrDefault(file.getKey(), file.getValue()).equals(file.getValue()))
            .count();
    if (added + gone + others > 0) {
      out.printf(
          Locale.ROOT,
          "%-44s %,d new, %,d gone, %,d with another content%n",
          "files of " + source,
          added,
          gone,
          others);
    }
  }

  private static Map<String, Fate> fates(VersionTables tables) throws IOException {
    var fates = new TreeMap<String, Fate>();
    var columns = List.of("id", "source", "reason");
    tables.read("dropped/", columns, row -> fates.put(row.get("id"), fate(row, row.get("reason"))));
    // Equal documents have one id: where one of them stays, its fate is told.
    tables.read("documents/train", columns, row -> fates.put(row.get("id"), fate(row, KEPT)));
    tables.read("documents/heldout", columns, row -> fates.put(row.get("id"), fate(row, HELD_OUT)));
    return fates;
  }

  private static Fate fate(Map<String, String> row, String word) {
    return new Fate(row.get("source"), word);
  }

  private static void add(
      Map<Way, List<String>> ways, String id, String source, String was, String is) {
    ways.computeIfAbsent(new Way(source, was, is), way -> new ArrayList<>()).add(id);
  }

  private void print(Map<Way, List<String>> ways) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%-20s %-24s %-24s %10s  %s%n",
        "source",
        "before",
        "after",
        "documents",
        "ids");
    ways.forEach(
        (way, ids) -> {
          boolean same = way.before().equals(way.after());
          out.printf(
              Locale.ROOT,
              "%-20s %-24s %-24s %,10d  %s%n",
              way.source(),
              way.before(),
              same ? "the same" : way.after(),
              ids.size(),
              same ? "" : examples(ids));
        });
  }

  private static String examples(List<String> ids) {
    return String.join(
        " ",
        ids.stream()
            .limit(EXAMPLES)
            .map(id -> id.substring(0, Math.min(ID_CHARACTERS, id.length())))
            .toList());
  }
}
