package dev.keizoku.corpus.dedup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The documents of one group that stay so far, in the order of their ranks. */
final class StayingDocuments {
  private static final int COMPARED = 64;
  private static final int NONE = -1;

  private final NearDuplicates.Prints prints;
  private final List<Ranked> first = new ArrayList<>();
  private final Map<Integer, List<Integer>> byNumbers = new HashMap<>();

  private record Ranked(int rank, TextPrint print) {}

  StayingDocuments(NearDuplicates.Prints prints) {
    this.prints = prints;
  }

  /**
   * The document that this one goes for; -1 when it stays, and later ones are compared with it.
   *
   * @param alike gets the pairs that are alike, numbers or not
   */
  int original(int rank, List<long[]> alike) {
    var print = prints.get(rank);
    for (var other : first) {
      if (print.isSimilar(other.print)) {
        alike.add(new long[] {rank, other.rank});
        if (print.hasNumbersWithin(other.print)) {
          return other.rank;
        }
      }
    }
    var sameNumbers = byNumbers.computeIfAbsent(print.numbersHash(), hash -> new ArrayList<>());
    for (int other : sameNumbers.subList(0, Math.min(COMPARED, sameNumbers.size()))) {
      var otherPrint = prints.get(other);
      if (print.isSimilar(otherPrint) && print.hasNumbersWithin(otherPrint)) {
        alike.add(new long[] {rank, other});
        return other;
      }
    }
    if (first.size() < COMPARED) {
      first.add(new Ranked(rank, print));
    } else {
      sameNumbers.add(rank);
    }
    return NONE;
  }
}
