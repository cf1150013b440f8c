package dev.keizoku.llm.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files made by changing good ones in every way that the format allows to lie: each is refused as a
 * user error, or is a good file. Nothing else is thrown, and memory stays in proportion to the
 * file.
 */
class SafeTensorsFuzzTest {
  private static final int ROUNDS = 3000;
  private static final List<String> TYPES = List.of("F32", "BF16", "F16", "I64", "U8", "F99", "");
  private static final List<Long> NUMBERS =
      List.of(-1L, 0L, 1L, 3L, 1L << 31, 1L << 32, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE);
  // The files take a few kilobytes; the first ones also load the classes that read them.
  private static final long LOADED_CLASSES = 16 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);
  private final Random random = new Random(20240416);

  /** A tensor as a header writes it; not yet a true one. */
  private static final class Tensor {
    String name;
    String type = "F32";
    List<Long> shape;
    List<Long> offsets;

    private String json() {
      return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
          .formatted(name, type, shape, offsets);
    }
  }

  private List<Tensor> tensors() {
    var tensors = new ArrayList<Tensor>();
    long offset = 0;
    for (var i = 0; i < 1 + random.nextInt(4); i++) {
      var tensor = new Tensor();
      tensor.name = "t" + i;
      tensor.shape = new ArrayList<>(List.of(1L + random.nextInt(3), (long) random.nextInt(3)));
      var bytes = 4 * tensor.shape.get(0) * tensor.shape.get(1);
      tensor.offsets = new ArrayList<>(List.of(offset, offset + bytes));
      offset += bytes;
      tensors.add(tensor);
    }
    return tensors;
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private void lie(List<Tensor> tensors) {
    var tensor = any(tensors);
    switch (random.nextInt(8)) {
      case 0 -> tensor.type = any(TYPES);
      case 1 -> tensor.shape = new ArrayList<>(List.of(any(NUMBERS), tensor.shape.size() + 0L));
      case 2 -> tensor.offsets.set(random.nextInt(2), any(NUMBERS));
      case 3 -> tensor.offsets.set(random.nextInt(2), (long) random.nextInt(40));
      case 4 -> tensor.name = any(tensors).name;
      case 5 -> tensor.offsets = any(tensors).offsets;
      case 6 -> Collections.swap(tensors, 0, tensors.size() - 1);
      default -> tensor.shape = Collections.nCopies(random.nextInt(12), any(NUMBERS));
    }
  }

  private byte[] file() {
    var tensors = tensors();
    var dataBytes = tensors.getLast().offsets.getLast().intValue();
    for (var lies = random.nextInt(3); lies > 0; lies--) {
      lie(tensors);
    }
    var json = tensors.stream().map(Tensor::json).collect(Collectors.joining(",", "{", "}"));
    var header = (json + " ".repeat(random.nextInt(8))).getBytes(StandardCharsets.US_ASCII);
    return damaged(
        ByteBuffer.allocate(8 + header.length + dataBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .array());
  }

  private byte[] damaged(byte[] file) {
    switch (random.nextInt(8)) {
      case 0 -> {
        return Arrays.copyOf(file, random.nextInt(file.length + 20));
      }
      case 1 ->
          ByteBuffer.wrap(file)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(0, any(NUMBERS) + random.nextInt(200));
      case 2 -> file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      case 3 -> {
        var from = random.nextInt(file.length);
        System.arraycopy(file, 0, file, from, Math.min(from, file.length - from));
      }
      default -> {}
    }
    return file;
  }

  @Test
  void aFileIsGoodOrRefused() throws IOException {
    var path = root.resolve("m.safetensors");
    var good = 0;
    for (var round = 0; round < ROUNDS; round++) {
      var file = file();
      Files.write(path, file);
      var before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        requireGood(SafeTensorsFile.open(store, StoreUri.of(path)), file.length);
        good++;
      } catch (RunFault fault) {
        assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(fault.reason()).isEqualTo(Reason.SAFE_TENSORS_INVALID);
      }
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(LOADED_CLASSES);
    }
    assertThat(good).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  private static void requireGood(SafeTensorsFile file, long bytes) {
    var sorted =
        file.tensors().values().stream().map(t -> new long[] {t.begin(), t.end()}).toList();
    sorted = new ArrayList<>(sorted);
    sorted.sort(Arrays::compare);
    for (var i = 1; i < sorted.size(); i++) {
      assertThat(sorted.get(i)[0]).isEqualTo(sorted.get(i - 1)[1]);
    }
    assertThat(sorted.isEmpty() || sorted.getLast()[1] == bytes).isTrue();
    for (var tensor : file.tensors().entrySet()) {
      if (FloatFormat.of(tensor.getValue().type()) != null) {
        var count = Math.toIntExact(tensor.getValue().elements());
        file.read(tensor.getKey(), 0, new float[count], count);
      }
    }
  }

  @Test
  void aHugeHeaderTakesLittleMoreMemoryThanItself() throws IOException {
    var text = "{\"__metadata__\":{\"a\":[" + "[1,{}],".repeat(2_000_000) + "1]}}";
    var header = text.getBytes(StandardCharsets.US_ASCII);
    var path = root.resolve("huge.safetensors");
    try (var out = Files.newOutputStream(path)) {
      out.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
      out.write(header);
    }
    var before = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(SafeTensorsFile.open(store, StoreUri.of(path)).tensors()).isEmpty();
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(2L * header.length);
  }
}
