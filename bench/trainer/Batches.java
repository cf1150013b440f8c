import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.data.SequencePacking;
import dev.keizoku.trainer.data.TrainingData;
import java.io.BufferedOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the batches that the trainer takes, in its order, for the Python side: a NumPy file of
 * int32 [steps, global batch, 2, sequence length]: token ids, and the position of each in its
 * document.
 *
 * <pre>java.sh Batches.java MANIFEST_URI LENGTH BATCH STEPS SEED OUTPUT.npy</pre>
 */
public final class Batches {
  private Batches() {}

  /** Entry point. */
  public static void main(String[] arguments) throws Exception {
    int length = Integer.parseInt(arguments[1]);
    int batch = Integer.parseInt(arguments[2]);
    int steps = Integer.parseInt(arguments[3]);
    var scratch = Files.createTempDirectory("keizoku-batches");
    try (var store = StoreRouter.open(null, null);
        var documents = CorpusReader.open(store, StoreUri.parse(arguments[0]), null).train(scratch);
        var out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[5])))) {
      var packing = new SequencePacking(length, SequencePacking.Style.WRAPPED);
      var corpora = List.of(new TrainingData.Corpus("bench", documents, null));
      var data = new TrainingData(corpora, packing, batch, Long.parseLong(arguments[4]));
      out.write(header(steps, batch, length));
      for (long step = 0; step < steps; step++) {
        for (var sequence : data.batch(step)) {
          out.write(littleEndian(sequence.tokens()));
          out.write(littleEndian(positions(sequence)));
        }
      }
    } finally {
      try (var files = Files.walk(scratch)) {
        for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static int[] positions(PackedSequence sequence) {
    var positions = new int[sequence.tokens().length];
    for (var segment : sequence.segments()) {
      for (var i = 0; i < segment.length(); i++) {
        positions[segment.start() + i] = i;
      }
    }
    return positions;
  }

  // Source: NumPy's format description, numpy.lib.format, version 1.0.
  private static byte[] header(int... shape) {
    var text =
        "{'descr': '<i4', 'fortran_order': False, 'shape': (%d, %d, 2, %d), }"
            .formatted(shape[0], shape[1], shape[2]);
    int size = (10 + text.length() + 1 + 63) / 64 * 64 - 10;
    var padded = (text + " ".repeat(size - text.length() - 1) + "\n");
    return ByteBuffer.allocate(10 + size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) size)
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static byte[] littleEndian(int[] tokens) {
    var bytes = ByteBuffer.allocate(tokens.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(tokens);
    return bytes.array();
  }
}
