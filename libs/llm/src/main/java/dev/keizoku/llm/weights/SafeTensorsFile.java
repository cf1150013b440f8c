package dev.keizoku.llm.weights;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.RunFault;
import dev.keizoku.storage.Json;
import dev.keizoku.storage.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file of which only the header is read at once: 8 bytes length, that many bytes of
 * JSON, then the tensors without gaps. Nothing in the header is believed before it is checked
 * against the file's size. Source: the format section of the safetensors README.
 */
public final class SafeTensorsFile {
  /** The reference implementation's limit on the header, in bytes. */
  static final long MAX_HEADER_BYTES = 100_000_000;

  private static final Map<String, Integer> TYPE_BYTES =
      Map.ofEntries(
          Map.entry("F64", 8),
          Map.entry("I64", 8),
          Map.entry("U64", 8),
          Map.entry("F32", 4),
          Map.entry("I32", 4),
          Map.entry("U32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I16", 2),
          Map.entry("U16", 2),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("I8", 1),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1));

  private final ObjectStore store;
  private final String uri;
  private final Map<String, TensorEntry> tensors;

  private SafeTensorsFile(ObjectStore store, String uri, Map<String, TensorEntry> tensors) {
    this.store = store;
    this.uri = uri;
    this.tensors = tensors;
  }

  /**
   * Reads and checks the header.
   *
   * @throws RunFault user error {@code SafeTensorsInvalid} when the file is cut short or its header
   *     lies
   */
  public static SafeTensorsFile open(ObjectStore store, String uri) {
    var size =
        store
            .stat(uri)
            .orElseThrow(
                () ->
                    RunFault.userError(
                        "ModelIncomplete",
                        uri + " is missing although the index names it; upload it too."))
            .bytes();
    require(size >= 8, uri, "it is shorter than 8 bytes");
    var length =
        ByteBuffer.wrap(store.readRange(uri, 0, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    require(
        length >= 2 && length <= MAX_HEADER_BYTES && length <= size - 8,
        uri,
        "its header is said to have %s bytes".formatted(Long.toUnsignedString(length)));
    var header = store.readRange(uri, 8, (int) length);
    require(header[0] == '{', uri, "its header is no JSON object");
    return new SafeTensorsFile(store, uri, parse(header, uri, 8 + length, size));
  }

  private static Map<String, TensorEntry> parse(byte[] header, String uri, long data, long size) {
    var json = Json.read(header, JsonNode.class, uri);
    require(json.isObject(), uri, "its header is no JSON object");
    var tensors = new LinkedHashMap<String, TensorEntry>();
    for (var field : json.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        tensors.put(field.getKey(), entry(field.getKey(), field.getValue(), uri, data, size));
      }
    }
    requireNoGaps(tensors, uri, data, size);
    return tensors;
  }

  private static TensorEntry entry(String name, JsonNode json, String uri, long data, long size) {
    var type = json.path("dtype").asText();
    var typeBytes = TYPE_BYTES.get(type);
    require(typeBytes != null, uri, "tensor %s has the unknown dtype \"%s\"".formatted(name, type));
    var shapeJson = json.path("shape");
    var offsets = json.path("data_offsets");
    require(
        shapeJson.isArray() && offsets.isArray() && offsets.size() == 2,
        uri,
        "tensor %s has no shape or no data_offsets".formatted(name));
    var shape = new long[shapeJson.size()];
    for (var i = 0; i < shape.length; i++) {
      require(
          shapeJson.get(i).isIntegralNumber()
              && shapeJson.get(i).canConvertToLong()
              && shapeJson.get(i).asLong() >= 0,
          uri,
          "tensor %s has an impossible shape".formatted(name));
      shape[i] = shapeJson.get(i).asLong();
    }
    var begin = offset(offsets.get(0), name, uri, size - data);
    var end = offset(offsets.get(1), name, uri, size - data);
    var entry = new TensorEntry(type, shape, data + begin, data + end);
    require(
        begin <= end && bytes(entry, typeBytes, uri, name) == end - begin,
        uri,
        "tensor %s has %d bytes, which is not what its shape and dtype take"
            .formatted(name, end - begin));
    return entry;
  }

  private static long offset(JsonNode json, String name, String uri, long dataBytes) {
    require(
        json.isIntegralNumber()
            && json.canConvertToLong()
            && json.asLong() >= 0
            && json.asLong() <= dataBytes,
        uri,
        "tensor %s lies at byte %s of %d".formatted(name, json, dataBytes));
    return json.asLong();
  }

  private static long bytes(TensorEntry entry, int typeBytes, String uri, String name) {
    try {
      return Math.multiplyExact(entry.elements(), typeBytes);
    } catch (ArithmeticException e) {
      throw fault(uri, "tensor %s has an impossible shape".formatted(name));
    }
  }

  private static void requireNoGaps(
      Map<String, TensorEntry> tensors, String uri, long data, long size) {
    var sorted = new ArrayList<>(tensors.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, TensorEntry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    var position = data;
    for (var entry : sorted) {
      require(
          entry.getValue().begin() == position,
          uri,
          "tensor %s overlaps another or leaves a gap".formatted(entry.getKey()));
      position = entry.getValue().end();
    }
    require(position == size, uri, "its tensors end at byte %d of %d".formatted(position, size));
  }

  /** Tensors by name, in the header's order. */
  public Map<String, TensorEntry> tensors() {
    return tensors;
  }

  /**
   * Reads part of a tensor as fp32.
   *
   * @param first first element wanted
   * @param target receives {@code count} numbers from its begin
   */
  public void read(String name, long first, float[] target, int count) {
    var entry = tensors.get(name);
    var format = FloatFormat.of(entry.type());
    if (format == null) {
      throw fault(
          uri, "tensor %s is %s; weights are F32, BF16 or F16".formatted(name, entry.type()));
    }
    if (first < 0 || first + count > entry.elements()) {
      throw new IndexOutOfBoundsException("%s[%d + %d]".formatted(name, first, count));
    }
    var raw = store.readRange(uri, entry.begin() + first * format.bytes(), count * format.bytes());
    format.decode(raw, target, 0);
  }

  private static void require(boolean condition, String uri, String problem) {
    if (!condition) {
      throw fault(uri, problem);
    }
  }

  private static RunFault fault(String uri, String problem) {
    return RunFault.userError(
        "SafeTensorsInvalid",
        "%s cannot be used: %s; copy the model again.".formatted(uri, problem));
  }
}
