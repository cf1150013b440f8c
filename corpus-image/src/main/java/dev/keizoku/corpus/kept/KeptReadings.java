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
import java.util.stream.Stream;

/**
 * The sources of a run as they were read: kept by all that their documents and attributes follow
 * from, so that another limit decides anew without reading, and in parts, so that a build that was
 * killed goes on behind the last one. Beside the versions, under {@code kept/readings/}.
 */
public final class KeptReadings {
  private final ObjectStore store;
  private final CorpusRun run;
  private final List<InputFile> files;
  private final List<List<InputFile>> filesOfSource = new ArrayList<>();
  private final List<List<Part>> partsOfSource = new ArrayList<>();
  private final long[] bytesOfSource;

  /**
   * Files of a source that follow each other and are kept together.
   *
   * @param source its position
   * @param first position of the first file in the source
   * @param files at least one; none of a source without files
   * @param place of what is kept
   * @param kept its bytes; -1 when it is not there
   */
  public record Part(int source, int first, List<InputFile> files, StoreUri place, long kept) {

    /** Whether its files need not be read. */
    public boolean isKept() {
      return kept >= 0;
    }

    /** Bytes of its files. */
    public long bytes() {
      return files.stream().mapToLong(InputFile::bytes).sum();
    }

    /** Bytes that are to be read for it: of its files, or of what is kept of them. */
    public long bytesToRead() {
      return isKept() ? kept : bytes();
    }
  }

  /**
   * Looks what is kept of a run's sources.
   *
   * @param folder of what is kept
   * @param files of all sources, sorted by source
   * @param program what reads, cleans and measures, with the versions of its libraries
   * @param partBytes after how many bytes of files another part begins
   */
  public KeptReadings(
      ObjectStore store,
      StoreUri folder,
      CorpusRun run,
      List<InputFile> files,
      Object program,
      long partBytes) {
    this.store = store;
    this.run = run;
    this.files = files;
    run.sources().forEach(source -> filesOfSource.add(new ArrayList<>()));
    this.bytesOfSource = new long[filesOfSource.size()];
    for (var file : files) {
      filesOfSource.get(file.source()).add(file);
      bytesOfSource[file.source()] += file.bytes();
    }
    for (int source = 0; source < filesOfSource.size(); source++) {
      partsOfSource.add(parts(source, folder.child("readings/"), program, partBytes));
    }
  }

  private List<Part> parts(int source, StoreUri folder, Object program, long partBytes) {
    var all = files(source);
    var key = key(source, program);
    var parts = new ArrayList<Part>();
    int first = 0;
    long bytes = 0;
    for (int end = 1; end <= all.size(); end++) {
      bytes += all.get(end - 1).bytes();
      if (end == all.size() || bytes >= partBytes) {
        // A file's documents may follow from any other file of its source.
        boolean whole = first == 0 && end == all.size();
        var place = folder.child(key + (whole ? "" : "-" + first) + ".jsonl.zst");
        long kept = store.stat(place).map(ObjectInfo::bytes).orElse(-1L);
        parts.add(new Part(source, first, all.subList(first, end), place, kept));
        first = end;
        bytes = 0;
      }
    }
    return parts;
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
    return parts()
        .filter(part -> !without.contains(part.source))
        .map(part -> part.place.name())
        .distinct()
        .sorted()
        .toList();
  }

  private Stream<Part> parts() {
    return partsOfSource.stream().flatMap(List::stream);
  }

  /** The parts of a source, in order. */
  public List<Part> parts(int source) {
    return partsOfSource.get(source);
  }

  /** The files of all sources. */
  public List<InputFile> files() {
    return files;
  }

  /** The files of a source. */
  public List<InputFile> files(int source) {
    return filesOfSource.get(source);
  }

  /** The files of sources of which anything is to be read. */
  public List<InputFile> unread() {
    var unread =
        parts().filter(part -> !part.isKept()).map(Part::source).collect(Collectors.toSet());
    return files.stream().filter(file -> unread.contains(file.source())).toList();
  }

  /** Bytes of the files of a source. */
  public long bytes(int source) {
    return bytesOfSource[source];
  }

  /** Bytes that are to be read for all sources. */
  public long bytesToRead() {
    return parts().mapToLong(Part::bytesToRead).sum();
  }

  /**
   * Tells what the files of a part hold, from what is kept of them.
   *
   * @param read told how many bytes were read
   * @return how many orders were used
   */
  public long replay(Part part, ReadingLog log, LongConsumer read) throws IOException {
    try {
      return ReadingReader.replay(store, part.place, log, read);
    } catch (RunFault fault) {
      throw fault.reason() == Reason.OBJECT_NOT_FOUND ? deleted(part, fault) : fault;
    }
  }

  private static RunFault deleted(Part part, RunFault fault) {
    return RunFault.tryAgain(
        Reason.OBJECT_CHANGED,
        "%s was deleted meanwhile; its source is read anew.".formatted(part.place),
        fault);
  }

  /** Keeps a part that is read now. */
  public ReadingWriter keep(Part part) throws IOException {
    // What a build left that was killed while it wrote.
    store.dropUnfinished(part.place);
    return new ReadingWriter(store, part.place);
  }
}
