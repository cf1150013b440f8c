package dev.keizoku.llm.weights.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, read token by token: what it holds besides tensors, and values
 * that cannot be, are never built. Nothing in it is believed before it is checked against the size
 * of the file.
 */
final class SafeTensorsHeader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final int MOST_DIMENSIONS = 8;
  private static final long IMPOSSIBLE = -1;

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

  private final StoreUri uri;
  private final long data;
  private final long size;
  private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();

  private SafeTensorsHeader(StoreUri uri, long data, long size) {
    this.uri = uri;
    this.data = data;
    this.size = size;
  }

  /**
   * Reads and checks a header.
   *
   * @param data first byte after the header, counted from the file's begin
   * @param size bytes of the file
   * @return tensors by name, in the header's order
   */
  static Map<String, TensorEntry> parse(byte[] json, StoreUri uri, long data, long size) {
    var header = new SafeTensorsHeader(uri, data, size);
    try (var parser = JSON.createParser(json)) {
      header.read(parser);
    } catch (JsonProcessingException e) {
      throw fault(uri, "its header is no JSON (%s)".formatted(e.getOriginalMessage()));
    } catch (IOException e) {
      throw fault(uri, "its header is no JSON (%s)".formatted(e.getMessage()));
    }
    header.requireNoGaps();
    return header.tensors;
  }

  private void read(JsonParser parser) throws IOException {
    require(parser.nextToken() == JsonToken.START_OBJECT, uri, "its header is no JSON object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      if (name.equals("__metadata__")) {
        parser.skipChildren();
      } else {
        tensors.put(name, entry(parser, name));
      }
    }
    require(parser.nextToken() == null, uri, "something follows the JSON in its header");
  }

  private TensorEntry entry(JsonParser parser, String name) throws IOException {
    var type = "";
    List<Long> shape = null;
    List<Long> offsets = null;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "dtype" -> type = parser.getValueAsString("");
          case "shape" -> shape = numbers(parser);
          case "data_offsets" -> offsets = numbers(parser);
          default -> parser.skipChildren();
        }
      }
    }
    require(
        shape != null && offsets != null && offsets.size() == 2,
        uri,
        "tensor %s has no shape or no data_offsets".formatted(name));
    return checked(name, type, shape, offsets);
  }

  /**
   * Null where there is no list; {@link #IMPOSSIBLE} stands for what is no whole number of 0 up.
   */
  private static List<Long> numbers(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return null;
    }
    var numbers = new ArrayList<Long>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      var whole =
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
      var number = whole ? parser.getLongValue() : IMPOSSIBLE;
      parser.skipChildren();
      // More dimensions than any tensor has are not kept.
      if (numbers.size() <= MOST_DIMENSIONS) {
        numbers.add(Math.max(IMPOSSIBLE, number));
      }
    }
    return numbers;
  }

  private TensorEntry checked(String name, String type, List<Long> shape, List<Long> offsets) {
    var typeBytes = TYPE_BYTES.get(type);
    require(typeBytes != null, uri, "tensor %s has the unknown dtype \"%s\"".formatted(name, type));
    require(
        shape.size() <= MOST_DIMENSIONS && !shape.contains(IMPOSSIBLE),
        uri,
        "tensor %s has an impossible shape".formatted(name));
    var begin = offsets.getFirst();
    var end = offsets.getLast();
    require(
        Math.min(begin, end) >= 0 && Math.max(begin, end) <= size - data,
        uri,
        "tensor %s lies outside of the %d bytes of data".formatted(name, size - data));
    var longs = shape.stream().mapToLong(Long::longValue).toArray();
    var entry = new TensorEntry(type, longs, data + begin, data + end);
    require(
        begin <= end && bytes(entry, typeBytes, name) == end - begin,
        uri,
        "tensor %s has %d bytes, which is not what its shape and dtype take"
            .formatted(name, end - begin));
    return entry;
  }

  private long bytes(TensorEntry entry, int typeBytes, String name) {
    try {
      return Math.multiplyExact(entry.elements(), typeBytes);
    } catch (ArithmeticException e) {
      throw fault(uri, "tensor %s has an impossible shape".formatted(name));
    }
  }

  private void requireNoGaps() {
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

  static void require(boolean condition, StoreUri uri, String problem) {
    if (!condition) {
      throw fault(uri, problem);
    }
  }

  static RunFault fault(StoreUri uri, String problem) {
    return RunFault.userError(
        Reason.SAFE_TENSORS_INVALID,
        "%s cannot be used: %s; copy the model again.".formatted(uri, problem));
  }
}
