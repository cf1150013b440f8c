package dev.keizoku.corpus.reject;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.corpus.reject.LeftOutFiles.Group;
import dev.keizoku.storage.tokens.CorpusManifest.SourceCount;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is said of a source of which more than a tenth of the files was left out. */
public final class LeftOutWarning {
  private static final int FILES_A_LEFT_OUT_ONE = 10;
  private static final int EXTENSIONS_TOLD = 5;

  /** What lies beside documents and is none. */
  private static final Set<String> COMPANIONS =
      Set.of("css", "js", "png", "jpg", "jpeg", "gif", "svg", "ico", "woff", "woff2", "xsd");

  private LeftOutWarning() {}

  /** The sentences of all sources of a version, or nothing where none needs one. */
  public static Optional<String> of(List<Source> sources, List<SourceCount> counts) {
    var all =
        IntStream.range(0, counts.size())
            .filter(i -> counts.get(i).files() != null)
            .mapToObj(i -> of(sources.get(i), groups(i, counts.get(i)), counts.get(i).files()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private static List<Group> groups(int source, SourceCount count) {
    return count.leftOut().entrySet().stream()
        .map(left -> new Group(source, left.getKey(), left.getValue(), ""))
        .toList();
  }

  /**
   * The sentence, or nothing for a source that needs none.
   *
   * @param leftOut what was left out of it
   * @param taken how many of its files and entries a reader took
   */
  public static Optional<String> of(Source source, List<Group> leftOut, long taken) {
    var groups =
        leftOut.stream()
            .filter(group -> !isCompanion(source, group))
            .sorted(Comparator.comparingLong(Group::files).reversed())
            .toList();
    long left = groups.stream().mapToLong(Group::files).sum();
    long all = taken + left;
    if (left * FILES_A_LEFT_OUT_ONE <= all) {
      return Optional.empty();
    }
    var worst =
        groups.stream()
            .limit(EXTENSIONS_TOLD)
            .map(LeftOutWarning::told)
            .collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Source '%s': %,d of %,d files are of no format that its reader takes and are left"
                + " out: %s; convert them, or set sources[].format or sources[].include.",
            source.name(),
            left,
            all,
            worst));
  }

  private static String told(Group group) {
    var example = group.example().isEmpty() ? "" : " (%s)".formatted(group.example());
    return "%s %d%s".formatted(group.extension(), group.files(), example);
  }

  /** A filing's zip also holds what its taxonomy links. */
  private static boolean isCompanion(Source source, Group group) {
    return COMPANIONS.contains(group.extension())
        || source.format() == Format.EDINET && group.extension().equals("xml");
  }
}
