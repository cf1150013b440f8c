package dev.keizoku.storage.tokens;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The {@code .idx} of a shard: where each document's tokens are in the {@code .bin}.
 *
 * <p>Little-endian: {@code "MMIDIDX\0\0"}, u64 version 1, u8 dtype 4 (int32), u64 sequences, u64
 * documents + 1, i32 lengths[sequences], i64 byte offsets[sequences], i64 document index[documents
 * + 1]. A document is one sequence here. The second count is the length of the document index,
 * which is how Megatron writes and reads it.
 *
 * <p>Source: Megatron-LM, megatron/core/datasets/indexed_dataset.py.
 *
 * @param lengths tokens of each document
 */
public record ShardIndex(int[] lengths) {
  private static final byte[] MAGIC = "MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final long VERSION = 1;
  private static final byte INT32 = 4;
  private static final int HEADER_BYTES = 9 + 8 + 1 + 8 + 8;
  private static final int BYTES_PER_DOCUMENT = 4 + 8 + 8;

  /** Documents in the shard. */
  public int documents() {
    return lengths.length;
  }

  /** Tokens in the shard. */
  public long tokens() {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  /** First token of each document, counted from the shard's begin; one more value is the end. */
  public long[] starts() {
    var starts = new long[lengths.length + 1];
    for (int i = 0; i < lengths.length; i++) {
      starts[i + 1] = starts[i] + lengths[i];
    }
    return starts;
  }

  /** The file's bytes. */
  public byte[] bytes() {
    int n = lengths.length;
    var out =
        ByteBuffer.allocate(HEADER_BYTES + n * BYTES_PER_DOCUMENT + 8)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putLong(VERSION).put(INT32).putLong(n).putLong(n + 1);
    for (int length : lengths) {
      out.putInt(length);
    }
    var starts = starts();
    for (int i = 0; i < n; i++) {
      out.putLong(starts[i] * Integer.BYTES);
    }
    for (long document = 0; document <= n; document++) {
      out.putLong(document);
    }
    return out.array();
  }

  /**
   * Reads a file.
   *
   * @param uri where it is from, for the message
   * @throws dev.keizoku.contract.fault.RunFault user error {@code InvalidShard} when it is not
   *     Megatron's format with int32 and one sequence a document
   */
  public static ShardIndex parse(byte[] file, String uri) {
    var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    require(file.length >= HEADER_BYTES, uri, "it is too short");
    var magic = new byte[MAGIC.length];
    in.get(magic);
    require(
        Arrays.equals(magic, MAGIC) && in.getLong() == VERSION, uri, "its head is not Megatron's");
    require(in.get() == INT32, uri, "its tokens are not int32");
    long sequences = in.getLong();
    require(in.getLong() == sequences + 1, uri, "a document has several sequences");
    require(file.length == HEADER_BYTES + sequences * BYTES_PER_DOCUMENT + 8, uri, "it is cut off");
    var lengths = new int[(int) sequences];
    in.asIntBuffer().get(lengths);
    var index = new ShardIndex(lengths);
    in.position(HEADER_BYTES + lengths.length * Integer.BYTES);
    var starts = index.starts();
    for (int i = 0; i < lengths.length; i++) {
      require(
          lengths[i] >= 0 && in.getLong() == starts[i] * Integer.BYTES,
          uri,
          "its documents do not follow each other");
    }
    return index;
  }

  private static void require(boolean holds, String uri, String why) {
    if (!holds) {
      throw RunFault.userError(
          Reason.INVALID_SHARD,
          "%s is not a token shard: %s; build the corpus again.".formatted(uri, why));
    }
  }
}
