package dev.keizoku.corpus.versions;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.SchemaNode;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.tokens.CorpusManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The rows of a version's readable tables, one table after the other. */
public final class VersionTables {
  private final ObjectStore store;
  private final StoreUri folder;
  private final CorpusManifest manifest;
  private final Path scratch;

  /**
   * @param manifest URI of the version's {@code manifest.json}
   * @param scratch an empty local folder with room for one table and for what is compared of the
   *     version
   */
  public VersionTables(ObjectStore store, StoreUri manifest, Path scratch) {
    this.store = store;
    this.folder = manifest.parent();
    this.manifest = CorpusManifest.read(store, manifest, null);
    this.scratch = scratch;
  }

  /** The version's manifest. */
  public CorpusManifest manifest() {
    return manifest;
  }

  /**
   * A file of the version, with the bytes that its manifest says.
   *
   * @return a local copy, which that of another version replaces; empty where the version has no
   *     such file
   */
  public Optional<Path> file(String path) {
    return manifest.files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .map(
            file -> {
              var local = scratch.resolve(Path.of(path).getFileName());
              Manifest.download(store, folder, file, local);
              return local;
            });
  }

  /**
   * Every row of the tables whose path begins so.
   *
   * @param columns those to read, all strings and numbers; one that a table lacks is left out
   * @param rows gets each as column to value
   */
  public void read(String prefix, List<String> columns, Consumer<Map<String, String>> rows)
      throws IOException {
    for (var file : manifest.files()) {
      if (file.path().startsWith(prefix) && file.path().endsWith(".parquet")) {
        var local = scratch.resolve("table.parquet");
        Manifest.download(store, folder, file, local);
        rows(local, columns, rows);
        Files.delete(local);
      }
    }
  }

  private static void rows(Path file, List<String> columns, Consumer<Map<String, String>> rows)
      throws IOException {
    try (var parquet = ParquetFileReader.open(InputFile.of(file));
        var reader = parquet.rowReader()) {
      var names =
          parquet.getFileSchema().getRootNode().children().stream().map(SchemaNode::name).toList();
      var read = columns.stream().filter(names::contains).toList();
      while (reader.hasNext()) {
        reader.next();
        rows.accept(row(reader, read));
      }
    }
  }

  private static Map<String, String> row(RowReader reader, List<String> columns) {
    var row = new LinkedHashMap<String, String>();
    for (var column : columns) {
      row.put(column, String.valueOf(reader.getValue(column)));
    }
    return row;
  }
}
