package dev.keizoku.corpus.reject;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files that no reader takes, by source and extension. To be filled by one thread, in the order of
 * reading.
 */
public final class LeftOutFiles {
  private static final int MAX_EXTENSIONS = 50;
  private static final int MAX_EXTENSION_CHARACTERS = 16;
  private static final String OTHER = "(other)";

  /**
   * Files of one extension.
   *
   * @param source position of their source in the run
   * @param extension lower case; {@code (none)} and {@code (other)} for what has none and for what
   *     is too long or one of too many
   * @param files how many
   * @param example the first one's path below the source's URI
   */
  public record Group(int source, String extension, long files, String example) {}

  private final List<Map<String, Group>> sources = new ArrayList<>();

  /**
   * @param sources how many there are in the run
   */
  public LeftOutFiles(int sources) {
    for (int i = 0; i < sources; i++) {
      this.sources.add(new TreeMap<>());
    }
  }

  /** Counts one. */
  public void add(int source, String place) {
    var groups = sources.get(source);
    var extension = extension(place);
    if (!groups.containsKey(extension) && groups.size() >= MAX_EXTENSIONS) {
      extension = OTHER;
    }
    groups.merge(
        extension,
        new Group(source, extension, 1, place),
        (all, one) -> new Group(source, all.extension, all.files + 1, all.example));
  }

  private static String extension(String place) {
    int name = Math.max(place.lastIndexOf('/'), place.lastIndexOf('!')) + 1;
    int dot = place.lastIndexOf('.');
    if (dot <= name) {
      return "(none)";
    }
    return place.length() - dot - 1 > MAX_EXTENSION_CHARACTERS
        ? OTHER
        : place.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** All groups, by source and extension. */
  public List<Group> groups() {
    return sources.stream().flatMap(groups -> groups.values().stream()).toList();
  }

  /** The groups of one source, by extension. */
  public List<Group> groups(int source) {
    return List.copyOf(sources.get(source).values());
  }

  /** How many a source has, by extension. */
  public Map<String, Long> counts(int source) {
    var counts = new TreeMap<String, Long>();
    sources.get(source).forEach((extension, group) -> counts.put(extension, group.files));
    return counts;
  }
}
