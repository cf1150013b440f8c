package dev.keizoku.corpus.versions;

import dev.keizoku.corpus.dedup.EarlierPairs;
import dev.keizoku.corpus.dedup.MinHash;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.PrintFile;
import dev.keizoku.storage.artifact.ArtifactFolder;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code split/bands}: by which later versions find what is nearly the same. Columns of one
 * big-endian int32 a document, training before held out: the hash of its numbers, then the upper
 * half of the key of each band of its signature, 0 for a document that is not compared.
 */
public final class SplitBands {
  /** Where the file lies in a version that looked for near duplicates. */
  public static final String PATH = "split/bands";

  /** Of a document in it. */
  public static final int COLUMNS = 1 + MinHash.BANDS;

  private static final int BUFFER = 1 << 16;

  private SplitBands() {}

  /** Writes those of a version. */
  public static void write(
      ArtifactFolder folder, PrintFile file, List<DocumentEntry> train, List<DocumentEntry> heldOut)
      throws IOException {
    var documents = Stream.concat(train.stream(), heldOut.stream()).toList();
    var prints = file.of(documents);
    try (var upload = folder.create(PATH)) {
      var out = new DataOutputStream(new BufferedOutputStream(upload, BUFFER));
      for (int rank = 0; rank < documents.size(); rank++) {
        out.writeInt(prints.get(rank).numbersHash());
      }
      var keys = new long[documents.size()];
      for (int band = 0; band < MinHash.BANDS; band++) {
        prints.band(band, keys);
        for (long key : keys) {
          out.writeInt(EarlierPairs.kept(key));
        }
      }
      out.flush();
      folder.add(PATH, upload.commit());
    }
  }
}
