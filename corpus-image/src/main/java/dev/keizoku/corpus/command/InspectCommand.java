package dev.keizoku.corpus.command;

import dev.keizoku.program.store.StoreOptions;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.tokens.CorpusManifest;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corpus inspect MANIFEST_URI}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Says what a corpus version holds and whether its files are there.")
public final class InspectCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions storage;

  @Parameters(paramLabel = "MANIFEST_URI", description = "URI of the version's manifest.json.")
  private String uri;

  public InspectCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (var store = storage.open(environment)) {
      var at = StoreUri.parse(uri);
      var manifest = CorpusManifest.read(store, at, null);
      spec.commandLine().getOut().printf(Locale.ROOT, "version    %s%n", manifest.version());
      spec.commandLine()
          .getOut()
          .printf(Locale.ROOT, "tokenizer  %s%n", manifest.tokenizer().sha256());
      print("training", manifest.train());
      print("held out", manifest.heldOut());
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%n%-20s %10s %10s %12s  %s%n",
              "source",
              "read",
              "kept",
              "tokens",
              "dropped");
      for (var source : manifest.provenance().sources()) {
        spec.commandLine()
            .getOut()
            .printf(
                Locale.ROOT,
                "%-20s %,10d %,10d %,12d  %s%n",
                source.name(),
                source.read(),
                source.kept(),
                source.tokens(),
                source.dropped());
      }
      boolean complete = Manifest.isComplete(store, at.parent(), manifest.files());
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%nfiles      %d, %s%n",
              manifest.files().size(),
              complete ? "all there" : "INCOMPLETE");
      return complete ? 0 : 1;
    }
  }

  private void print(String name, CorpusManifest.Split split) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%-10s %,d documents, %,d tokens, %,d characters%n",
            name,
            split.documents(),
            split.tokens(),
            split.characters());
  }
}
