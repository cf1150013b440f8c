package dev.keizoku.contract.bytes;

import java.io.ByteArrayOutputStream;

/**
 * Whole numbers in as few bytes as they need: seven bits a byte, the lowest first, the highest bit
 * says that more follow. Protocol Buffers and Thrift write them so.
 *
 * <p>Source: protobuf.dev/programming-guides/encoding, "Base 128 Varints".
 */
public final class Varint {
  private Varint() {}

  /**
   * Appends a number.
   *
   * @param value its 64 bits, taken without a sign: one below 0 has 10 bytes
   */
  public static void write(ByteArrayOutputStream out, long value) {
    for (; (value & ~0x7fL) != 0; value >>>= 7) {
      out.write((int) (value & 0x7f | 0x80));
    }
    out.write((int) value);
  }
}
