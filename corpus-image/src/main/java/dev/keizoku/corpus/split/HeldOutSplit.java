package dev.keizoku.corpus.split;

import dev.keizoku.contract.bytes.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Chooses what is never trained on: whole units, from each source its share, in the order of a hash
 * of seed and id. Of a source of two units or more it is at least one: training without any
 * held-out text cannot be judged.
 *
 * @param fraction share of each source's documents, 0 to 0.5
 * @param maxDocuments upper limit over all sources
 * @param seed changes the choice
 */
public record HeldOutSplit(double fraction, int maxDocuments, long seed) {

  /**
   * The documents that are held out.
   *
   * @param units which documents are never parted
   * @param source of each document, from 0
   * @param id of each document
   * @param forced documents that are held out whatever else is chosen, with their units
   */
  public BitSet choose(Units units, int[] source, IntFunction<String> id, BitSet forced) {
    var heldOut = new BitSet();
    var taken = new BitSet();
    forced.stream().forEach(document -> taken.set(units.of(document)));
    if (fraction > 0 && maxDocuments > 0) {
      var sizes = new int[units.documents()];
      for (int i = 0; i < sizes.length; i++) {
        sizes[units.of(i)]++;
      }
      var quotas = quotas(source);
      for (int number = 0; number < quotas.length; number++) {
        int of = number;
        var candidates =
            IntStream.range(0, sizes.length)
                .filter(unit -> source[unit] == of && sizes[unit] > 0)
                .mapToObj(unit -> new Unit(unit, sizes[unit], position(id.apply(unit))))
                .sorted(Comparator.comparingDouble(Unit::position).thenComparingInt(Unit::first))
                .toList();
        take(candidates, quotas[number], taken);
      }
    }
    IntStream.range(0, units.documents())
        .filter(document -> taken.get(units.of(document)))
        .forEach(heldOut::set);
    return heldOut;
  }

  private record Unit(int first, int size, double position) {}

  /** Documents to hold out of each source; the limit is shared out in proportion. */
  private int[] quotas(int[] source) {
    var counts = new int[IntStream.of(source).max().orElse(-1) + 1];
    for (int of : source) {
      counts[of]++;
    }
    double wanted = fraction * source.length;
    double scale = wanted > maxDocuments ? maxDocuments / wanted : 1;
    var quotas = new int[counts.length];
    for (int i = 0; i < quotas.length; i++) {
      quotas[i] = (int) Math.round(fraction * counts[i] * scale);
    }
    return quotas;
  }

  private static void take(List<Unit> candidates, int quota, BitSet taken) {
    if (candidates.size() < 2) {
      return;
    }
    int left = quota;
    int units = 0;
    for (var unit : candidates) {
      if (taken.get(unit.first)) {
        left -= unit.size;
        units++;
      }
    }
    for (var unit : candidates) {
      boolean last = units + 1 >= candidates.size();
      if (!taken.get(unit.first) && unit.size <= left && !last) {
        taken.set(unit.first);
        left -= unit.size;
        units++;
      }
    }
    if (units == 0) {
      var smallest = new ArrayList<>(candidates);
      smallest.sort(Comparator.comparingInt(Unit::size).thenComparingDouble(Unit::position));
      taken.set(smallest.getFirst().first);
    }
  }

  /** Where a document falls in [0, 1). */
  private double position(String id) {
    var digest = Digests.sha256().digest((seed + ":" + id).getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53;
  }
}
