package dev.keizoku.llm.weights.safetensors;

import static dev.keizoku.llm.weights.safetensors.SafeTensorsHeader.fault;
import static dev.keizoku.llm.weights.safetensors.SafeTensorsHeader.require;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestInputStream;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file of which only the header is read at once: 8 bytes length, that many bytes of
 * JSON, then the tensors without gaps. Nothing in the header is believed before it is checked
 * against the file's size. Source: the format section of the safetensors README.
 */
public final class SafeTensorsFile {
  /** The reference implementation's limit on the header, in bytes. */
  /** Numbers of one read: 4 MiB of fp32, also when many ranks read at once. */
  public static final int CHUNK = 1 << 20;

  static final long MAX_HEADER_BYTES = 100_000_000;

  private static final int PASSED_AT_ONCE = 1 << 16;

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
  public StoreUri uri() {
    return uri;
  }

  /** Tensors by name, in the header's order. */
  public Map<String, TensorEntry> tensors() {
    return tensors;
  }

  /** Takes part of a tensor. */
  @FunctionalInterface
  public interface TensorSink {
    /**
     * Takes numbers; the array is only lent, and only {@code count} of it are numbers.
     *
     * @param first index of the first in the tensor
     */
    void accept(String tensor, long first, float[] values, int count);
  }

  /**
   * Reads the file once, from its begin to its end.
   *
   * @param wanted the tensors that the sink takes
   * @return its SHA-256
   */
  public String readWhole(Set<String> wanted, TensorSink sink) {
    var digest = Digests.sha256();
    var inOrder =
        wanted.stream()
            .sorted(Comparator.comparingLong((String name) -> tensors.get(name).begin()))
            .toList();
    try (var in = new DigestInputStream(store.open(uri), digest)) {
      long at = 0;
      for (var name : inOrder) {
        var entry = tensors.get(name);
        pass(in, entry.begin() - at);
        take(in, name, sink);
        at = entry.end();
      }
      pass(in, Long.MAX_VALUE);
      return Digests.hex(digest);
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.STORAGE_FAILED, "Cannot read %s: %s".formatted(uri, e.getMessage()), e);
    }
  }

  private void take(InputStream in, String name, TensorSink sink) throws IOException {
    var entry = tensors.get(name);
    var format = FloatFormat.of(entry.type());
    var numbers = new float[(int) Math.min(CHUNK, entry.elements())];
    for (long first = 0; first < entry.elements(); first += numbers.length) {
      int count = (int) Math.min(numbers.length, entry.elements() - first);
      var raw = in.readNBytes(count * format.bytes());
      if (raw.length < count * format.bytes()) {
        throw new EOFException("it ends within tensor " + name);
      }
      format.decode(raw, numbers, 0);
      requireFinite(name, numbers, count, first);
      sink.accept(name, first, numbers, count);
    }
  }

  /** Not skipped: what is skipped is not hashed. */
  private static void pass(InputStream in, long bytes) throws IOException {
    var buffer = new byte[(int) Math.min(PASSED_AT_ONCE, bytes)];
    long left = bytes;
    for (int n; left > 0 && (n = in.read(buffer, 0, (int) Math.min(buffer.length, left))) >= 0; ) {
      left -= n;
    }
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

  /**
   * Checks numbers of a tensor.
   *
   * @param count of {@code values} that are looked at
   * @param at element of the tensor that the first of them is
   * @throws RunFault user error {@code WeightsNotFinite} that names the tensor and the element
   */
  public void requireFinite(String tensor, float[] values, int count, long at) {
    // A sum is finite unless a number is not: 0 x infinity and 0 x NaN are NaN.
    var sum = 0f;
    for (var i = 0; i < count; i++) {
      sum += 0f * values[i];
    }
    if (sum == 0) {
      return;
    }
    for (var i = 0; i < count; i++) {
      if (!Float.isFinite(values[i])) {
        throw RunFault.userError(
            Reason.WEIGHTS_NOT_FINITE,
            "The tensor %s in %s is no finite number at element %d; give a model whose weights are finite, for instance an earlier checkpoint of it."
                .formatted(tensor, uri, at + i));
      }
    }
  }
}
