package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.split.HeldOutSplit;
import dev.keizoku.corpus.split.Units;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.PrintFile;
import dev.keizoku.corpus.versions.KeySet;
import dev.keizoku.corpus.versions.SplitBands;
import dev.keizoku.corpus.write.SplitKeys;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.tokens.DocumentKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts what stays into training and held out.
 *
 * @param train to train on, in the order of the ids
 * @param heldOut never to train on, in the order of the ids
 */
record SplitStage(List<DocumentEntry> train, List<DocumentEntry> heldOut) {
  private static final Logger LOG = LoggerFactory.getLogger(SplitStage.class);

  /**
   * Parts the documents. Where all of them are alike, as notices of one template are, those that
   * are alike are parted after all: training without any held-out text cannot be judged.
   *
   * @param documents in the order of their ids
   * @param carried keys of what earlier versions held out
   */
  static SplitStage of(CorpusRun run, List<DocumentEntry> documents, KeySet carried) {
    var families = new long[documents.size()];
    var clusters = new long[documents.size()];
    var sources = new int[documents.size()];
    var forced = new BitSet();
    int after = after(run.heldOut());
    for (int i = 0; i < sources.length; i++) {
      var entry = documents.get(i);
      families[i] = entry.family();
      clusters[i] = entry.cluster() == null ? 0 : entry.cluster().id().a() | 1L << 62;
      sources[i] = entry.source();
      forced.set(i, entry.date() >= after || carried.contains(entry.key()));
    }
    var limits = run.heldOut();
    double fraction = limits.after() == null ? limits.fraction() : 0;
    var split = new HeldOutSplit(fraction, limits.maxDocuments(), run.randomness().seed());
    IntFunction<String> ids = document -> documents.get(document).id().toString();
    var heldOut = split.choose(new Units(families, clusters), sources, ids, forced);
    if (heldOut.isEmpty() && fraction > 0 && documents.size() > 1) {
      LOG.warn("All documents of a source are alike; held-out ones are like those trained on");
      heldOut = split.choose(new Units(families, new long[families.length]), sources, ids, forced);
    }
    return new SplitStage(part(documents, heldOut, false), part(documents, heldOut, true));
  }

  /**
   * Writes what later versions know the documents by.
   *
   * @param near whether nearly the same is asked for too
   */
  void write(ArtifactFolder folder, boolean near, PrintFile prints) throws IOException {
    SplitKeys.write(folder, DocumentKeys.TRAIN, train);
    SplitKeys.write(folder, DocumentKeys.HELD_OUT, heldOut);
    if (near) {
      SplitBands.write(folder, prints, train, heldOut);
    }
  }

  private static List<DocumentEntry> part(
      List<DocumentEntry> documents, BitSet heldOut, boolean in) {
    var part = new ArrayList<DocumentEntry>();
    for (int i = 0; i < documents.size(); i++) {
      if (heldOut.get(i) == in) {
        part.add(documents.get(i));
      }
    }
    return part;
  }

  /** The first day that is held out, as a number; none is later than the largest. */
  private static int after(CorpusRun.HeldOut limits) {
    return limits.after() == null
        ? Integer.MAX_VALUE
        : Integer.parseInt(limits.after().replace("-", "")) + 1;
  }
}
