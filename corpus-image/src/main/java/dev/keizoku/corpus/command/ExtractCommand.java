package dev.keizoku.corpus.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.clean.TextCleaner;
import dev.keizoku.corpus.read.Document;
import dev.keizoku.corpus.read.InputStaging;
import dev.keizoku.corpus.read.SourceReader;
import dev.keizoku.corpus.read.UnreadableFileException;
import dev.keizoku.program.Scratch;
import dev.keizoku.program.store.StoreOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code corpus extract URI OUT.jsonl}: what a tokenizer is trained on, before there is one. */
@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description =
        "Writes the cleaned documents of a source as JSON lines (location, title, text), unfiltered.")
public final class ExtractCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Map<String, String> environment;

  @Mixin private StoreOptions storage;

  @Mixin private Scratch scratch;

  @Parameters(index = "0", paramLabel = "URI", description = "A file, or a folder (ends in /).")
  private String uri;

  @Parameters(index = "1", paramLabel = "OUT", description = "Local file to write.")
  private Path out;

  @Option(names = "--format", description = "Format of the source. Default: by name and content.")
  private Format format;

  @Option(names = "--include", description = "Glob over the paths below URI.")
  private String include;

  public ExtractCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    var source = new Source("source", uri, format, null, include, null, null);
    try (var store = storage.open(environment);
        var folder = scratch.open();
        var lines = Files.newBufferedWriter(out)) {
      var inputs =
          new InputStaging(store, folder.resolve("inputs"), () -> {}).stage(List.of(source));
      for (var input : inputs) {
        new SourceReader(source).read(input, task -> write(lines, task::parse));
      }
    } catch (UnreadableFileException e) {
      throw RunFault.userError(
          Reason.UNREADABLE_SOURCE, uri + " cannot be read: " + e.getMessage() + ".", e);
    } catch (UncheckedIOException e) {
      throw RunFault.userError(
          Reason.UNREADABLE_SOURCE, uri + " cannot be read: " + e.getCause().getMessage() + ".", e);
    }
    return 0;
  }

  private static void write(BufferedWriter lines, Callable<Document> task) {
    try {
      var document = task.call();
      if (document.rejection() == null) {
        lines.write(
            JSON.writeValueAsString(
                Map.of(
                    "location", document.location(),
                    "title", TextCleaner.clean(document.title()),
                    "text", TextCleaner.clean(document.text()))));
        lines.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
