package dev.keizoku.contract.setting;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody meant who misspelt it. */
public final class NearName {
  private NearName() {}

  /** The nearest of the names there are, if at most a third of the letters has to change. */
  public static Optional<String> of(String written, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(written, name)))
        .filter(name -> distance(written, name) <= Math.max(1, written.length() / 3));
  }

  /** Letters to insert, leave out or replace. Source: Levenshtein 1966, by rows of the table. */
  private static int distance(String from, String to) {
    var above = new int[to.length() + 1];
    Arrays.setAll(above, i -> i);
    for (var i = 1; i <= from.length(); i++) {
      var row = new int[to.length() + 1];
      row[0] = i;
      for (var j = 1; j <= to.length(); j++) {
        var same =
            Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
        row[j] = Math.min(above[j - 1] + (same ? 0 : 1), 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[to.length()];
  }
}
