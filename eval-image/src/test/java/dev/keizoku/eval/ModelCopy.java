package dev.keizoku.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies of the test models whose weights are not what they were. */
public final class ModelCopy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEIGHTS = "model.safetensors";

  private ModelCopy() {}

  /** What becomes of a weight. */
  @FunctionalInterface
  public interface Change {
    /** The new value of a number of that tensor. */
    float of(String tensor, float value);
  }

  /** A copy with changed numbers. */
  public static Path of(Path model, Path copy, Change change) throws IOException {
    return write(model, copy, change, false);
  }

  /**
   * A copy with its weights in bf16, and a {@code config.json} that says so or says nothing.
   *
   * @param dtype null leaves the word out
   */
  public static Path inHalf(Path model, Path copy, String dtype) throws IOException {
    write(model, copy, (tensor, value) -> value, true);
    var config = (ObjectNode) JSON.readTree(copy.resolve("config.json").toFile());
    config.remove("dtype");
    config.remove("torch_dtype");
    if (dtype != null) {
      config.put("torch_dtype", dtype);
    }
    Files.write(copy.resolve("config.json"), JSON.writeValueAsBytes(config));
    return copy;
  }

  private static Path write(Path model, Path copy, Change change, boolean half) throws IOException {
    Files.createDirectories(copy);
    try (var files = Files.list(model)) {
      for (var file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    var old = ByteBuffer.wrap(Files.readAllBytes(model.resolve(WEIGHTS)));
    old.order(ByteOrder.LITTLE_ENDIAN);
    var headerBytes = new byte[(int) old.getLong()];
    old.get(headerBytes);
    var header = (ObjectNode) JSON.readTree(headerBytes);
    header.remove("__metadata__");
    var data = old.slice().order(ByteOrder.LITTLE_ENDIAN);
    var values = ByteBuffer.allocate(data.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    for (var field : header.properties()) {
      var entry = (ObjectNode) field.getValue();
      int begin = entry.get("data_offsets").get(0).intValue();
      int end = entry.get("data_offsets").get(1).intValue();
      entry.putArray("data_offsets").add(half ? begin / 2 : begin).add(half ? end / 2 : end);
      entry.put("dtype", half ? "BF16" : "F32");
      for (int at = begin; at < end; at += 4) {
        float value = change.of(field.getKey(), data.getFloat(at));
        if (half) {
          values.putShort(at / 2, (short) (Float.floatToRawIntBits(value) >>> 16));
        } else {
          values.putFloat(at, value);
        }
      }
    }
    values.limit(half ? values.capacity() / 2 : values.capacity());
    var json = JSON.writeValueAsBytes(header);
    var file = ByteBuffer.allocate(8 + json.length + values.limit());
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(values.rewind());
    Files.write(copy.resolve(WEIGHTS), file.array());
    return copy;
  }
}
