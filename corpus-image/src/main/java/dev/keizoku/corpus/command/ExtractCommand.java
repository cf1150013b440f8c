package dev.keizoku.corpus.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.clean.MarkdownTables;
import dev.keizoku.corpus.clean.TextCleaner;
import dev.keizoku.corpus.read.InputStaging;
import dev.keizoku.corpus.read.KnownDigests;
import dev.keizoku.corpus.read.SourceReader;
import dev.keizoku.corpus.read.SourceVisitor;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.UnreadableFileException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(ExtractCommand.class);
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
    var source =
        new Source(
            "source", uri, format, null, include, null, null, null, null, null, null, null, null,
            null);
    try (var store = storage.open(environment);
        var folder = scratch.open();
        var lines = Files.newBufferedWriter(out)) {
      var staged =
          new InputStaging(store, KnownDigests.none(), folder.resolve("inputs"), Silent.PROGRESS)
              .stage(List.of(source));
      var writing = new Writing(lines);
      staged.missing().forEach(missing -> writing.reject(missing.fault()));
      var inputs = staged.files();
      var reader = new SourceReader(source, inputs, folder.resolve("unpacked"), read -> {});
      for (var input : inputs) {
        reader.read(input, writing);
      }
      writing.requireAny(uri);
    }
    return 0;
  }

  private enum Silent implements InputStaging.Progress {
    PROGRESS;

    @Override
    public void begin(long bytes) {}

    @Override
    public void staged(long bytes) {}
  }

  /** Writes each document as it comes and warns of what cannot be read. */
  private static final class Writing implements SourceVisitor {
    private final BufferedWriter lines;
    private UnreadableFileException first;
    private long written;

    Writing(BufferedWriter lines) {
      this.lines = lines;
    }

    @Override
    public void taken() {}

    @Override
    public void document(DocumentTask task) {
      try {
        write(task.parse());
      } catch (UnreadableFileException e) {
        reject(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void write(Document document) throws IOException {
      if (document.rejection() == null) {
        lines.write(
            JSON.writeValueAsString(
                Map.of(
                    "location", document.location(),
                    "title", TextCleaner.clean(document.title()),
                    "text", text(document))));
        lines.write('\n');
        written++;
      }
    }

    private static String text(Document document) {
      var text = TextCleaner.clean(document.text());
      return document.tables() ? MarkdownTables.of(text) : text;
    }

    @Override
    public void reject(UnreadableFileException fault) {
      first = first == null ? fault : first;
      LOG.warn("{} cannot be read: {}", fault.place(), fault.getMessage());
    }

    @Override
    public void leftOut(String place) {
      LOG.warn("{} is of no format that is read here", place);
    }

    void requireAny(String uri) {
      if (written == 0 && first != null) {
        throw RunFault.userError(
            Reason.UNREADABLE_SOURCE,
            "%s cannot be read: %s: %s.".formatted(uri, first.place(), first.getMessage()),
            first);
      }
    }
  }
}
