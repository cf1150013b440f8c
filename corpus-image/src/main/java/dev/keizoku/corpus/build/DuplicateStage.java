package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.dedup.DuplicateKey;
import dev.keizoku.corpus.dedup.ExactDuplicates;
import dev.keizoku.corpus.dedup.MinHash;
import dev.keizoku.corpus.dedup.NearDuplicates;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DocumentEntry.Cluster;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.spool.PrintFile;
import dev.keizoku.corpus.timing.Stage;
import dev.keizoku.corpus.tokenize.Workers;
import dev.keizoku.program.RunContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Drops documents that say the same as another one, then those that say nearly the same, and tells
 * which documents are alike.
 */
final class DuplicateStage {
  /** Of equal documents the first stays. */
  private static final Comparator<DocumentEntry> OF_EQUALS =
      Comparator.comparingInt(DocumentEntry::source).thenComparing(DocumentEntry.BY_ID);

  private static final Comparator<DocumentEntry> LONGER =
      Comparator.comparingInt(DocumentEntry::characters).reversed();

  private static final Comparator<DocumentEntry> NEWER =
      Comparator.comparingInt(DocumentEntry::date).reversed();

  private static final Comparator<DocumentEntry> LONGER_FIRST = LONGER.thenComparing(NEWER);
  private static final Comparator<DocumentEntry> NEWER_FIRST = NEWER.thenComparing(LONGER);

  private final CorpusRun run;
  private final PrintFile prints;
  private final RunContext context;
  private final Workers workers;

  DuplicateStage(CorpusRun run, PrintFile prints, RunContext context, Workers workers) {
    this.run = run;
    this.prints = prints;
    this.context = context;
    this.workers = workers;
  }

  /**
   * Finds them.
   *
   * @param documents in no order
   * @param dropped gets those that go
   * @return those that stay, with their clusters, those to be kept first in front
   */
  List<DocumentEntry> run(List<DocumentEntry> documents, List<DroppedDocument> dropped)
      throws Exception {
    var equals = new HashMap<DuplicateKey, Integer>();
    var ranked =
        workers.clock().phase(Stage.EXACT, () -> unequal(documents, equals, dropped)).stream()
            .sorted(ofAlike())
            .toList();
    var near = new NearDuplicates(ranked.size(), prints.of(ranked));
    if (run.deduplication().near()) {
      workers.clock().phase(Stage.NEAR, () -> compare(near));
    }
    return withoutNear(ranked, equals, near, dropped);
  }

  /** Of documents that are alike the first stays. */
  private Comparator<DocumentEntry> ofAlike() {
    var newerFirst = new BitSet();
    for (int i = 0; i < run.sources().size(); i++) {
      newerFirst.set(i, run.sources().get(i).rules(run.filters()).prefersNewer());
    }
    Comparator<DocumentEntry> ofOneSource =
        (a, b) -> (newerFirst.get(a.source()) ? NEWER_FIRST : LONGER_FIRST).compare(a, b);
    return Comparator.comparingInt(DocumentEntry::source)
        .thenComparing(ofOneSource)
        .thenComparing(DocumentEntry.BY_ID);
  }

  private List<DocumentEntry> unequal(
      List<DocumentEntry> documents,
      Map<DuplicateKey, Integer> equals,
      List<DroppedDocument> dropped) {
    return run.deduplication().exact() ? withoutEquals(documents, equals, dropped) : documents;
  }

  private NearDuplicates compare(NearDuplicates near) throws InterruptedException {
    context.progress().begin("deduplicate", "bands", 0, (long) MinHash.BANDS);
    for (int band = 0; band < MinHash.BANDS; band++) {
      context.stop().check();
      near.compare(band, workers.executor());
      context.progress().step(band + 1L);
    }
    return near;
  }

  /**
   * @param equals gets for each key how many documents went
   */
  private static List<DocumentEntry> withoutEquals(
      List<DocumentEntry> documents,
      Map<DuplicateKey, Integer> equals,
      List<DroppedDocument> dropped) {
    var ranked = documents.stream().sorted(OF_EQUALS).toList();
    var originals = ExactDuplicates.originals(ranked, DocumentEntry::key);
    var kept = new ArrayList<DocumentEntry>();
    for (int i = 0; i < originals.length; i++) {
      if (originals[i] == i) {
        kept.add(ranked.get(i));
      } else {
        equals.merge(ranked.get(i).key(), 1, Integer::sum);
        var original = ranked.get(originals[i]).id();
        dropped.add(new DroppedDocument(ranked.get(i), ExactDuplicates.REASON, original));
      }
    }
    return kept;
  }

  private static List<DocumentEntry> withoutNear(
      List<DocumentEntry> ranked,
      Map<DuplicateKey, Integer> equals,
      NearDuplicates near,
      List<DroppedDocument> dropped) {
    var sizes = new int[ranked.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[near.cluster(i)] += 1 + equals.getOrDefault(ranked.get(i).key(), 0);
    }
    var clusters = new Cluster[sizes.length];
    Arrays.setAll(clusters, i -> sizes[i] > 1 ? new Cluster(ranked.get(i).id(), sizes[i]) : null);
    var originals = near.decide();
    var kept = new ArrayList<DocumentEntry>();
    for (int i = 0; i < sizes.length; i++) {
      int first = near.cluster(i);
      if (originals[i] < 0) {
        kept.add(sizes[first] == 1 ? ranked.get(i) : ranked.get(i).in(clusters[first]));
      } else {
        var original = ranked.get(originals[i]).id();
        dropped.add(new DroppedDocument(ranked.get(i), NearDuplicates.REASON, original));
      }
    }
    return kept;
  }
}
