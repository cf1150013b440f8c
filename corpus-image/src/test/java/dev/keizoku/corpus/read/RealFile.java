package dev.keizoku.corpus.read;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files of src/test/resources/real, or any other, as a source would. */
final class RealFile {
  static final Path FOLDER = Path.of("src/test/resources/real");

  private RealFile() {}

  static Path path(String name) {
    return FOLDER.resolve(name);
  }

  static List<Document> read(String name, Format format) throws IOException {
    return read(path(name), format, null);
  }

  /** All documents of one local file that lies in a folder source. */
  static List<Document> read(Path file, Format format, String include) throws IOException {
    var source = new Source("test", "file:///folder/", format, null, include, null, "test");
    var input =
        new InputFile(
            0,
            file.getFileName().toString(),
            StoreUri.of(file),
            file,
            Files.size(file),
            Digests.sha256(file));
    var documents = new ArrayList<Document>();
    var tasks = new ArrayList<DocumentTask>();
    new SourceReader(source).read(input, tasks::add);
    for (var task : tasks) {
      documents.add(task.parse());
    }
    return documents;
  }
}
