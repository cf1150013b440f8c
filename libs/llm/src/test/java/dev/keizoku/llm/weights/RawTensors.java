package dev.keizoku.llm.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A safetensors file as bytes by name, to be changed by a test. */
final class RawTensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A tensor. */
  record Raw(String type, long[] shape, byte[] bytes) {}

  final Map<String, Raw> tensors = new LinkedHashMap<>();

  static RawTensors read(Path file) throws IOException {
    var raw = new RawTensors();
    var content = Files.readAllBytes(file);
    var length = (int) ByteBuffer.wrap(content, 0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
    for (var field : JSON.readTree(content, 8, length).properties()) {
      if (!field.getKey().equals("__metadata__")) {
        var offsets = field.getValue().get("data_offsets");
        raw.tensors.put(
            field.getKey(),
            new Raw(
                field.getValue().get("dtype").asText(),
                JSON.convertValue(field.getValue().get("shape"), long[].class),
                Arrays.copyOfRange(
                    content,
                    8 + length + offsets.get(0).asInt(),
                    8 + length + offsets.get(1).asInt())));
      }
    }
    return raw;
  }

  /** Without metadata, as some writers leave it. */
  void write(Path file) throws IOException {
    var header = new LinkedHashMap<String, Object>();
    var data = new ByteArrayOutputStream();
    for (var entry : tensors.entrySet()) {
      var begin = data.size();
      data.write(entry.getValue().bytes());
      header.put(
          entry.getKey(),
          Map.of(
              "dtype", entry.getValue().type(),
              "shape", entry.getValue().shape(),
              "data_offsets", new int[] {begin, data.size()}));
    }
    var text = JSON.writeValueAsBytes(header);
    var all = ByteBuffer.allocate(8 + text.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, all.putLong(text.length).put(text).put(data.toByteArray()).array());
  }

  /** Another tensor of the same shape, of which every byte is {@code value}. */
  void fill(String name, String type, int bytesEach, int value) {
    var shape = tensors.get(name).shape();
    var bytes = new byte[(int) Arrays.stream(shape).reduce(bytesEach, (a, b) -> a * b)];
    Arrays.fill(bytes, (byte) value);
    tensors.put(name, new Raw(type, shape, bytes));
  }

  /** One number of an F32 tensor replaced. */
  void set(String name, int element, float value) {
    ByteBuffer.wrap(tensors.get(name).bytes())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(4 * element, value);
  }
}
