package dev.keizoku.llm.weights.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The number formats of safetensors that weights come in, all little-endian. */
public enum FloatFormat {
  /** IEEE single. */
  F32(4),
  /** The upper half of a single. */
  BF16(2),
  /** IEEE half. */
  F16(2);

  private final int bytes;

  FloatFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** The format of that name, or null when it is none of these. */
  public static FloatFormat of(String name) {
    return Arrays.stream(values()).filter(f -> f.name().equals(name)).findFirst().orElse(null);
  }

  /** Reads {@code raw} whole. */
  public void decode(byte[] raw, float[] target, int at) {
    var buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    if (this == F32) {
      buffer.asFloatBuffer().get(target, at, raw.length / 4);
      return;
    }
    for (var i = 0; i < raw.length / 2; i++) {
      var bits = buffer.getShort(2 * i);
      target[at + i] = this == BF16 ? Float.intBitsToFloat(bits << 16) : Float.float16ToFloat(bits);
    }
  }

  /** The bytes of {@code count} numbers, rounded to nearest even. */
  public byte[] encode(float[] values, int count) {
    var buffer = ByteBuffer.allocate(count * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (var i = 0; i < count; i++) {
      switch (this) {
        case F32 -> buffer.putFloat(values[i]);
        case BF16 -> buffer.putShort(toBrainFloat(values[i]));
        case F16 -> buffer.putShort(Float.floatToFloat16(values[i]));
      }
    }
    return buffer.array();
  }

  private static short toBrainFloat(float value) {
    var bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) 0x7fc0;
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
