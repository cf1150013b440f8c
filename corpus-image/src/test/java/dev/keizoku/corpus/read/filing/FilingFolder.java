package dev.keizoku.corpus.read.filing;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.Filings;
import dev.keizoku.corpus.Sources;
import dev.keizoku.corpus.clean.TextCleaner;
import dev.keizoku.corpus.read.Collecting;
import dev.keizoku.corpus.read.SourceReader;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A source of filings in a local folder, and what is read of it. */
public final class FilingFolder {
  private static final Path KINDS = Path.of("src/test/resources/filings");
  private static final Path REAL = Path.of("../examples/quickstart/data/finance/filings");

  private final Path folder;

  public FilingFolder(Path folder) {
    this.folder = folder;
  }

  /** Packs a hand-made filing of src/test/resources/filings as EDINET or TDnet would. */
  public FilingFolder zip(String name, String kind) throws IOException {
    var root = KINDS.resolve(kind);
    try (var out = new ZipOutputStream(Files.newOutputStream(file(name)));
        var files = Files.walk(root)) {
      for (var path : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new ZipEntry(root.relativize(path).toString()));
        out.write(Files.readAllBytes(path));
      }
    }
    return this;
  }

  /** Packs what is given, by name. */
  FilingFolder zip(String name, Map<String, byte[]> entries) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(file(name)))) {
      for (var entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return this;
  }

  /** Packs files of another folder into a tar or a zip. */
  FilingFolder pack(String name, List<String> files, Path from) throws IOException {
    if (name.endsWith(".zip")) {
      var entries = new TreeMap<String, byte[]>();
      for (var file : files) {
        entries.put(file, Files.readAllBytes(from.resolve(file)));
      }
      return zip(name, entries);
    }
    try (var out = new TarArchiveOutputStream(Files.newOutputStream(file(name)))) {
      for (var file : files) {
        out.putArchiveEntry(new TarArchiveEntry(from.resolve(file), file));
        Files.copy(from.resolve(file), out);
        out.closeArchiveEntry();
      }
    }
    return this;
  }

  /** Lays out the files of a hand-made filing below a folder. */
  FilingFolder unpack(String below, String kind) throws IOException {
    var root = KINDS.resolve(kind);
    try (var files = Files.walk(root)) {
      for (var path : files.filter(Files::isRegularFile).sorted().toList()) {
        put(below + "/" + root.relativize(path), Files.readAllBytes(path));
      }
    }
    return this;
  }

  /** Writes a file. */
  public FilingFolder put(String name, byte[] content) throws IOException {
    Files.write(file(name), content);
    return this;
  }

  private Path file(String name) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  /** The pages of a real filing of the quick start, by name. */
  static Map<String, byte[]> real(String zip) throws IOException {
    var pages = new TreeMap<String, byte[]>();
    try (var in = new ZipInputStream(Files.newInputStream(REAL.resolve(zip)))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        pages.put(entry.getName(), in.readAllBytes());
      }
    }
    return pages;
  }

  /** What was read. */
  record Read(
      List<Document> documents, List<UnreadableFileException> rejects, List<String> leftOut) {

    List<Document> kept() {
      return documents.stream().filter(document -> document.rejection() == null).toList();
    }

    /** All text that would be trained on, as it is after cleaning. */
    String text() {
      return String.join("\n", kept().stream().map(d -> TextCleaner.clean(d.text())).toList());
    }

    List<String> dropped(String reason) {
      return documents.stream()
          .filter(document -> reason.equals(document.rejection()))
          .map(Document::location)
          .toList();
    }

    /** Everything, for a golden file. */
    String told() {
      var told = new StringBuilder();
      for (var document : documents) {
        told.append("=== ").append(document.location()).append('\n');
        if (document.rejection() != null) {
          told.append("dropped: ").append(document.rejection()).append('\n');
          continue;
        }
        told.append("id: ").append(document.id()).append('\n');
        told.append("title: ").append(document.title()).append('\n');
        told.append("date: ").append(document.date()).append('\n');
        document
            .attributes()
            .forEach((name, value) -> told.append(name).append(": ").append(value).append('\n'));
        told.append(TextCleaner.clean(document.text())).append('\n');
      }
      rejects.forEach(e -> told.append("reject: ").append(e.place()).append('\n'));
      leftOut.forEach(place -> told.append("left out: ").append(place).append('\n'));
      return told.toString();
    }
  }

  Read read(Format format, Filings filings) throws IOException {
    var source = Sources.with(Sources.of("f", "file:///filings/", format), "filings", filings);
    var inputs = new ArrayList<InputFile>();
    try (var files = Files.walk(folder)) {
      for (var path : files.filter(Files::isRegularFile).sorted().toList()) {
        inputs.add(
            new InputFile(
                0,
                folder.relativize(path).toString(),
                StoreUri.of(path),
                path,
                Files.size(path),
                Digests.sha256(path)));
      }
    }
    var read = new Read(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    var reader = new SourceReader(source, inputs, folder.resolve("unpacked"), bytes -> {});
    for (var input : inputs) {
      reader.read(input, new Collecting(read.documents, read.rejects, read.leftOut));
    }
    return read;
  }
}
