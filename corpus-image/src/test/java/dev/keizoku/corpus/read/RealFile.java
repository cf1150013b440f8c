package dev.keizoku.corpus.read;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.corpus.RecordFields;
import dev.keizoku.corpus.Sources;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files of src/test/resources/real, or any other, as a source would. */
public final class RealFile {
  public static final Path FOLDER = Path.of("src/test/resources/real");

  private static final String FOLDER_URI = "file:///folder/";

  private RealFile() {}

  public static Path path(String name) {
    return FOLDER.resolve(name);
  }

  public static List<Document> read(String name, Format format) throws IOException {
    return read(path(name), format, null);
  }

  /** What is found in a file. */
  public record Found(
      List<Document> documents, List<UnreadableFileException> rejects, List<String> leftOut) {

    /** Places and reasons of the rejects. */
    public List<String> reasons() {
      return rejects.stream().map(e -> e.place() + " " + e.reason().word()).toList();
    }
  }

  /** All documents of one local file that lies in a folder source; throws the first reject. */
  public static List<Document> read(Path file, Format format, String include) throws IOException {
    var found = find(file, format, include);
    if (!found.rejects.isEmpty()) {
      throw found.rejects.getFirst();
    }
    return found.documents;
  }

  /** The same, with rejects and what was left out. */
  public static Found find(Path file, Format format, String include) throws IOException {
    return find(file, Sources.with(Sources.of("test", FOLDER_URI, format), "include", include));
  }

  /** The records of a file whose fields are said. */
  public static Found find(Path file, Format format, String textField, RecordFields fields)
      throws IOException {
    var source = Sources.with(Sources.of("test", FOLDER_URI, format), "textField", textField);
    return find(file, Sources.with(source, "fields", fields));
  }

  /** The same for a source as it is described. */
  public static Found find(Path file, Source source) throws IOException {
    var input =
        new InputFile(
            0,
            file.getFileName().toString(),
            StoreUri.of(file),
            file,
            Files.size(file),
            Digests.sha256(file));
    var found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    new SourceReader(source, List.of(input), file.resolveSibling("unpacked"), read -> {})
        .read(input, new Collecting(found.documents, found.rejects, found.leftOut));
    return found;
  }
}
