package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.corpus.reject.LeftOutFiles.Group;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said of a source of which more than a tenth of the files was left out. */
final class LeftOutWarning {
  private static final int FILES_A_LEFT_OUT_ONE = 10;
  private static final int EXTENSIONS_TOLD = 5;

  /** What lies beside documents and is none. */
  private static final Set<String> COMPANIONS =
      Set.of("css", "js", "png", "jpg", "jpeg", "gif", "svg", "ico", "woff", "woff2", "xsd");

  private LeftOutWarning() {}

  /**
   * The sentence, or nothing for a source that needs none.
   *
   * @param number position of the source in the run
   */
  static Optional<String> of(Source source, int number, Findings findings) {
    var groups =
        findings.leftOut().groups().stream()
            .filter(group -> group.source() == number && !isCompanion(source, group))
            .sorted(Comparator.comparingLong(Group::files).reversed())
            .toList();
    long leftOut = groups.stream().mapToLong(Group::files).sum();
    long all = findings.files(number) + leftOut;
    if (leftOut * FILES_A_LEFT_OUT_ONE <= all) {
      return Optional.empty();
    }
    var worst =
        groups.stream()
            .limit(EXTENSIONS_TOLD)
            .map(group -> "%s %d (%s)".formatted(group.extension(), group.files(), group.example()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Source '%s': %,d of %,d files are of no format that its reader takes and are left"
                + " out: %s; convert them, or set sources[].format or sources[].include.",
            source.name(),
            leftOut,
            all,
            worst));
  }

  /** A filing's zip also holds what its taxonomy links. */
  private static boolean isCompanion(Source source, Group group) {
    return COMPANIONS.contains(group.extension())
        || source.format() == Format.EDINET && group.extension().equals("xml");
  }
}
