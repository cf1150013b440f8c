package dev.keizoku.corpus.versions;

import dev.keizoku.corpus.dedup.EarlierPairs;
import dev.keizoku.corpus.dedup.MinHash;
import dev.keizoku.corpus.dedup.NearDuplicates;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DocumentId;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.spool.PrintFile;
import dev.keizoku.corpus.tokenize.Workers;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Drops documents that say nearly the same as one of an earlier version, by the rule for near
 * duplicates: each is compared itself with a text that the version kept, and that text has all of
 * its numbers.
 */
public final class EarlierNear {
  /** Why such a document is dropped. */
  public static final String REASON = "nearEarlierVersion";

  private static final long LOW = 0xFFFF_FFFFL;

  private final ObjectStore store;
  private final Path scratch;
  private final PrintFile prints;
  private final RunContext context;
  private final Workers workers;

  /**
   * @param scratch a local folder with room for a table of a version and what is compared of it;
   *     made when needed
   * @param prints of the documents of this build
   */
  public EarlierNear(
      ObjectStore store, Path scratch, PrintFile prints, RunContext context, Workers workers) {
    this.store = store;
    this.scratch = scratch;
    this.prints = prints;
    this.context = context;
    this.workers = workers;
  }

  /**
   * Documents without those that earlier versions have nearly.
   *
   * @param against URIs of their {@code manifest.json}
   * @param dropped gets those that go
   * @return those that stay
   */
  public List<DocumentEntry> without(
      List<DocumentEntry> documents, List<String> against, List<DroppedDocument> dropped)
      throws IOException {
    var left = documents;
    for (var manifest : against) {
      left = without(left, StoreUri.parse(manifest), dropped);
    }
    return left;
  }

  private List<DocumentEntry> without(
      List<DocumentEntry> documents, StoreUri manifest, List<DroppedDocument> dropped)
      throws IOException {
    if (documents.isEmpty()) {
      return documents;
    }
    var tables = new VersionTables(store, manifest, Files.createDirectories(scratch));
    var manifestRead = tables.manifest();
    context
        .progress()
        .begin(
            "compare with earlier",
            "documents",
            0,
            manifestRead.train().documents() + manifestRead.heldOut().documents());
    var texts = new KeptTexts(tables, context, workers);
    var own = prints.of(documents);
    var bands = VersionBands.of(tables, texts);
    var originals = originals(texts, own, pairs(own, documents.size(), bands), documents.size());
    var left = new ArrayList<DocumentEntry>();
    for (int rank = 0; rank < originals.length; rank++) {
      if (originals[rank] == null) {
        left.add(documents.get(rank));
      } else {
        dropped.add(new DroppedDocument(documents.get(rank), REASON, originals[rank]));
      }
    }
    return left;
  }

  private long[] pairs(NearDuplicates.Prints own, int documents, VersionBands bands) {
    var pairs = new EarlierPairs(own, documents, bands.numbers());
    for (int band = 0; band < MinHash.BANDS; band++) {
      context.stop().check();
      pairs.addBand(band, bands.band(band));
    }
    return pairs.pairs();
  }

  /** By rank the earlier document that it goes for; null for one that stays. */
  private static DocumentId[] originals(
      KeptTexts texts, NearDuplicates.Prints own, long[] pairs, int documents) throws IOException {
    var originals = new DocumentId[documents];
    if (pairs.length == 0) {
      return originals;
    }
    texts.read(
        row -> first(pairs, row) < first(pairs, row + 1),
        row -> {
          int end = first(pairs, row.number() + 1);
          for (int i = first(pairs, row.number()); i < end; i++) {
            int rank = (int) (pairs[i] & LOW);
            if (originals[rank] == null) {
              var print = own.get(rank);
              boolean goes = print.isSimilar(row.print()) && print.hasNumbersWithin(row.print());
              originals[rank] = goes ? row.id() : null;
            }
          }
        });
    return originals;
  }

  /** Where the pairs of a row and of later ones begin. */
  private static int first(long[] pairs, int row) {
    int place = Arrays.binarySearch(pairs, (long) row << 32);
    return place < 0 ? -place - 1 : place;
  }
}
