package dev.keizoku.trainer.report.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Frames byte strings as TFRecord: length (u64), masked CRC-32C of the length (u32), the bytes,
 * masked CRC-32C of the bytes (u32), all little-endian.
 *
 * <p>Source: tensorflow/tensorflow {@code tensorflow/core/lib/io/record_writer.h}.
 */
final class RecordOutput {
  private static final int MASK_DELTA = 0xa282ead8;
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

  private final OutputStream out;

  RecordOutput(OutputStream out) {
    this.out = out;
  }

  /** Appends one record in a single write, so that a reader that follows sees whole records. */
  void write(byte[] message) throws IOException {
    var record =
        ByteBuffer.allocate(HEADER_BYTES + message.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(message.length);
    record.putInt(maskedCrc(record.array(), Long.BYTES)).put(message);
    record.putInt(maskedCrc(message, message.length));
    out.write(record.array());
  }

  /**
   * CRC-32C, rotated and shifted: a checksum over data that itself holds checksums would otherwise
   * hit CRC's fixed points.
   */
  private static int maskedCrc(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }
}
