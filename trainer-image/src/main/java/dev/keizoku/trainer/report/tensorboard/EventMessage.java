package dev.keizoku.trainer.report.tensorboard;

import dev.keizoku.contract.bytes.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The fields of TensorBoard's {@code Event} message that a trainer needs, in Protocol Buffers' wire
 * format with fields in ascending order, as every reference encoder writes them.
 *
 * <p>Source: tensorflow/tensorboard {@code tensorboard/compat/proto/event.proto} and {@code
 * summary.proto}. [NOT IMPLEMENTED] images, text, histograms, graphs.
 */
final class EventMessage {
  private static final String FILE_VERSION = "brain.Event:2";

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;

  private static final int WIRE_VARINT = 0;
  private static final int WIRE_FIXED64 = 1;
  private static final int WIRE_BYTES = 2;
  private static final int WIRE_FIXED32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private EventMessage() {}

  /** The first record of a file. */
  static byte[] version(double wallTime) {
    return new EventMessage().header(wallTime, 0).text(VERSION, FILE_VERSION).bytes();
  }

  /** Scalars of one step, in the map's order. */
  static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
    var summary = new EventMessage();
    values.forEach(
        (tag, value) ->
            summary.nested(
                SUMMARY_VALUE,
                new EventMessage()
                    .text(VALUE_TAG, tag)
                    .fixed32(VALUE_SIMPLE, value.floatValue())
                    .bytes()));
    return new EventMessage().header(wallTime, step).nested(SUMMARY, summary.bytes()).bytes();
  }

  private EventMessage header(double wallTime, long step) {
    fixed64(WALL_TIME, wallTime);
    // A field of the default value is left out, as the reference encoders do.
    return step == 0 ? this : key(STEP, WIRE_VARINT).varint(step);
  }

  private EventMessage key(int field, int wireType) {
    return varint((long) field << 3 | wireType);
  }

  private EventMessage varint(long value) {
    Varint.write(out, value);
    return this;
  }

  private EventMessage fixed64(int field, double value) {
    key(field, WIRE_FIXED64);
    var buffer = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value);
    out.writeBytes(buffer.array());
    return this;
  }

  private EventMessage fixed32(int field, float value) {
    key(field, WIRE_FIXED32);
    var buffer = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    out.writeBytes(buffer.array());
    return this;
  }

  private EventMessage text(int field, String value) {
    return nested(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private EventMessage nested(int field, byte[] content) {
    key(field, WIRE_BYTES).varint(content.length);
    out.writeBytes(content);
    return this;
  }

  private byte[] bytes() {
    return out.toByteArray();
  }
}
