package dev.keizoku.corpus.reject;

import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much of a source may be unreadable: of its documents, where each file, archive entry or
 * record that cannot be read counts as one, and of its bytes, where files and entries count.
 *
 * @param source what is judged
 * @param documents found in it so far, rejects among them
 * @param bytes of all its files
 */
public record RejectLimit(Source source, long documents, long bytes) {
  private static final int REASONS_TOLD = 3;

  /**
   * Judges a source of which a part is read, by its bytes: how many there are is known before, and
   * those that cannot be read only become more.
   *
   * @param number its position in the run
   * @throws RunFault user error {@code UnreadableSource} where the rest cannot save it
   */
  public void checkEarly(int number, Rejects rejects) {
    if (exceeds(rejects.bytes(number), bytes)) {
      throw RunFault.userError(Reason.UNREADABLE_SOURCE, sentence(number, rejects, " so far"));
    }
  }

  /**
   * Judges a source that is read.
   *
   * @param number its position in the run
   * @throws RunFault user error {@code UnreadableSource} with the worst reasons and examples
   */
  public void check(int number, Rejects rejects) {
    long rejected = rejects.documents(number);
    if (exceeds(rejected, documents) || exceeds(rejects.bytes(number), bytes)) {
      throw RunFault.userError(Reason.UNREADABLE_SOURCE, sentence(number, rejects, ""));
    }
  }

  private boolean exceeds(long part, long all) {
    // Not part / all: 1 of 100 must be 0.01 whatever rounding makes of it.
    return part > source.rejectShare() * all;
  }

  private String sentence(int number, Rejects rejects, String when) {
    var counts = rejects.counts(number);
    var worst =
        rejects.worst(number).stream()
            .limit(REASONS_TOLD)
            .map(first -> example(first, counts.get(first.reason().word())))
            .collect(Collectors.joining("; "));
    return String.format(
        Locale.ROOT,
        "Too much of source '%s' cannot be read: %,d of %,d documents%s (%s) and %s of its bytes,"
            + " more than maxRejectShare %s: %s. Repair these or leave them out (sources[].include),"
            + " or raise sources[].maxRejectShare.",
        source.name(),
        rejects.documents(number),
        documents,
        when,
        percent(rejects.documents(number), documents),
        percent(rejects.bytes(number), bytes),
        percent(source.rejectShare(), 1),
        worst);
  }

  private static String example(Reject first, long count) {
    return String.format(
        Locale.ROOT, "%s %,d (%s: %s)", first.reason().word(), count, first.place(), first.why());
  }

  private static String percent(double part, double all) {
    double percent = all == 0 ? 0 : 100 * part / all;
    return percent > 0 && percent < 0.1
        ? "less than 0.1%"
        : String.format(Locale.ROOT, "%.3g%%", percent).replaceFirst("\\.0+%", "%");
  }
}
