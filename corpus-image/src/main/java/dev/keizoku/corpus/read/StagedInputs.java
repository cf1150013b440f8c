package dev.keizoku.corpus.read;

import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import java.util.List;

/**
 * What the sources of a run are made of.
 *
 * @param files sorted by source and path
 * @param missing what a source names and no server gives
 */
public record StagedInputs(List<InputFile> files, List<Missing> missing) {

  /**
   * A file that is not there.
   *
   * @param source position of its source in the run
   * @param fault with its place
   */
  public record Missing(int source, UnreadableFileException fault) {}

  /** Bytes of what is missing of a source. */
  public static long bytes(List<Missing> missing, int source) {
    return missing.stream()
        .filter(file -> file.source == source)
        .mapToLong(file -> file.fault.bytes())
        .sum();
  }
}
