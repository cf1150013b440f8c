package dev.keizoku.corpus.kept;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sources of a run as they were read: kept by all that their documents and attributes follow
 * from, so that another limit decides anew without reading. Beside the versions, under {@code
 * kept/readings/}.
 */
public final class KeptReadings {
  private final ObjectStore store;
  private final CorpusRun run;
  private final List<InputFile> files;
  private final List<StoreUri> places = new ArrayList<>();
  private final List<List<InputFile>> filesOfSource = new ArrayList<>();
  private final long[] bytesOfSource;
  private final long[] kept;

  /**
   * Looks what is kept of a run's sources.
   *
   * @param folder of what is kept
   * @param files of all sources, sorted by source
   * @param program what reads, cleans and measures, with the versions of its libraries
   */
  public KeptReadings(
      ObjectStore store, StoreUri folder, CorpusRun run, List<InputFile> files, Object program) {
    this.store = store;
    this.run = run;
    this.files = files;
    this.kept = new long[run.sources().size()];
    this.bytesOfSource = new long[kept.length];
    run.sources().forEach(source -> filesOfSource.add(new ArrayList<>()));
    for (var file : files) {
      filesOfSource.get(file.source()).add(file);
      bytesOfSource[file.source()] += file.bytes();
    }
    for (int source = 0; source < kept.length; source++) {
      var place = folder.child("readings/" + key(source, program) + ".jsonl.zst");
      places.add(place);
      kept[source] = store.stat(place).map(ObjectInfo::bytes).orElse(-1L);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Content(String path, String sha256, String charset) {}

  private record Key(Object program, String attributes, Object source, List<Content> files) {}

  /** The fields of a record and of the records in it. */
  private static String shape(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .map(field -> field.getType().isRecord() ? shape(field.getType()) : field.toString())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Everything that a source's documents follow from, and none of the limits. */
  private String key(int number, Object program) {
    var source = run.sources().get(number);
    var rules = source.rules(run.filters());
    var reading = (ObjectNode) Json.tree(source);
    reading.remove(List.of("licence", "maxRejectShare", "recipe", "rules"));
    reading
        .put("repairMojibake", rules.repairsMojibake())
        .put("removeBoilerplate", rules.removesBoilerplate())
        .put("tagPersonalData", rules.tagsPersonalData())
        .put("markdownTables", rules.writesMarkdownTables());
    var contents =
        files(number).stream()
            .map(file -> new Content(file.path(), file.sha256(), file.charset()))
            .toList();
    return Digests.sha256(Json.bytes(new Key(program, shape(Tagged.class), reading, contents)));
  }

  /**
   * What the readings of the sources are called.
   *
   * @param without sources of which nothing is to be kept
   */
  public List<String> names(Set<Integer> without) {
    return IntStream.range(0, places.size())
        .filter(source -> !without.contains(source))
        .mapToObj(source -> places.get(source).name())
        .distinct()
        .sorted()
        .toList();
  }

  /** The files of all sources. */
  public List<InputFile> files() {
    return files;
  }

  /** The files of a source. */
  public List<InputFile> files(int source) {
    return filesOfSource.get(source);
  }

  /** The files of sources of which nothing is kept. */
  public List<InputFile> unread() {
    return files.stream().filter(file -> !isKept(file.source())).toList();
  }

  /** Whether a source need not be read. */
  public boolean isKept(int source) {
    return kept[source] >= 0;
  }

  /** Bytes of the files of a source. */
  public long bytes(int source) {
    return bytesOfSource[source];
  }

  /** Bytes that are to be read for a source: of its files, or of what is kept of it. */
  public long bytesToRead(int source) {
    return isKept(source) ? kept[source] : bytesOfSource[source];
  }

  /**
   * Tells what a source holds, from what is kept of it.
   *
   * @param read told how many bytes were read
   * @return how many orders were used
   */
  public long replay(int source, ReadingLog log, LongConsumer read) throws IOException {
    try {
      return ReadingReader.replay(store, places.get(source), log, read);
    } catch (RunFault fault) {
      throw fault.reason() == Reason.OBJECT_NOT_FOUND ? deleted(source, fault) : fault;
    }
  }

  private RunFault deleted(int source, RunFault fault) {
    return RunFault.tryAgain(
        Reason.OBJECT_CHANGED,
        "%s was deleted meanwhile; its source is read anew.".formatted(places.get(source)),
        fault);
  }

  /** Keeps a source that is read now. */
  public ReadingWriter keep(int source) throws IOException {
    // What a build left that was killed while it wrote.
    store.dropUnfinished(places.get(source));
    return new ReadingWriter(store, places.get(source));
  }
}
