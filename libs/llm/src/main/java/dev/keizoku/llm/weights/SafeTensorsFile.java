package dev.keizoku.llm.weights;

import static dev.keizoku.llm.weights.SafeTensorsHeader.fault;
import static dev.keizoku.llm.weights.SafeTensorsHeader.require;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * A safetensors file of which only the header is read at once: 8 bytes length, that many bytes of
 * JSON, then the tensors without gaps. Nothing in the header is believed before it is checked
 * against the file's size. Source: the format section of the safetensors README.
 */
public final class SafeTensorsFile {
  /** The reference implementation's limit on the header, in bytes. */
  static final long MAX_HEADER_BYTES = 100_000_000;

  private final ObjectStore store;
  private final StoreUri uri;
  private final Map<String, TensorEntry> tensors;

  private SafeTensorsFile(ObjectStore store, StoreUri uri, Map<String, TensorEntry> tensors) {
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
  public static SafeTensorsFile open(ObjectStore store, StoreUri uri) {
    var size =
        store
            .stat(uri)
            .orElseThrow(
                () ->
                    RunFault.userError(
                        Reason.MODEL_INCOMPLETE,
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
    // As the reference implementation: no white space or byte order mark before it.
    require(header[0] == '{', uri, "its header is no JSON object");
    return new SafeTensorsFile(store, uri, SafeTensorsHeader.parse(header, uri, 8 + length, size));
  }

  /** Where it is. */
  StoreUri uri() {
    return uri;
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
}
