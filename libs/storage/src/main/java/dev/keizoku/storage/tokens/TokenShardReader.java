package dev.keizoku.storage.tokens;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One shard, mapped from local files. Reading is safe from many threads until it is closed.
 *
 * <p>[NOT IMPLEMENTED] several sequences a document, other types than int32.
 */
public final class TokenShardReader implements AutoCloseable {
  private static final ValueLayout.OfInt INT32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment tokens;
  private final long[] starts;

  /**
   * Opens a shard.
   *
   * @param bin the {@code .bin}; its {@code .idx} lies beside it
   * @throws dev.keizoku.contract.fault.RunFault user error {@code InvalidShard} when the two do not
   *     fit
   */
  public TokenShardReader(Path bin, Path idx) {
    try (var channel = FileChannel.open(bin)) {
      starts = ShardIndex.parse(Files.readAllBytes(idx), idx.toString()).starts();
      tokens = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException e) {
      arena.close();
      throw RunFault.tryAgain(
          Reason.SCRATCH_FAILED, "Cannot read " + bin + ": " + e.getMessage(), e);
    }
    if (tokens.byteSize() != tokens() * Integer.BYTES) {
      arena.close();
      throw RunFault.userError(
          Reason.INVALID_SHARD,
          bin + " does not have the size of its index; build the corpus again.");
    }
  }

  /** Documents in the shard. */
  public int documents() {
    return starts.length - 1;
  }

  /** Tokens in the shard. */
  public long tokens() {
    return starts[starts.length - 1];
  }

  /** First token of a document, counted from the shard's begin. */
  public long start(int document) {
    return starts[document];
  }

  /** Tokens of a document. */
  public int length(int document) {
    return (int) (starts[document + 1] - starts[document]);
  }

  /** A document's tokens. */
  public int[] document(int document) {
    var ids = new int[length(document)];
    copy(starts[document], ids, 0, ids.length);
    return ids;
  }

  /**
   * Copies tokens, across documents where asked.
   *
   * @param from first token, counted from the shard's begin
   */
  public void copy(long from, int[] into, int at, int count) {
    MemorySegment.copy(tokens, INT32, from * Integer.BYTES, into, at, count);
  }

  @Override
  public void close() {
    arena.close();
  }
}
