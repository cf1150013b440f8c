package dev.keizoku.llm.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsFileTest {
  private static final Path REAL = Path.of("src/test/resources/families/qwen2/model.safetensors");
  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  private StoreUri write(long length, String header, int dataBytes) throws IOException {
    var text = header.getBytes(StandardCharsets.UTF_8);
    var file =
        ByteBuffer.allocate(8 + text.length + dataBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length < 0 ? text.length : length)
            .put(text);
    return write(file.array());
  }

  private StoreUri write(byte[] content) throws IOException {
    var path = root.resolve("m.safetensors");
    Files.write(path, content);
    return StoreUri.of(path);
  }

  private static String tensor(String type, String shape, String offsets) {
    return "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}".formatted(type, shape, offsets);
  }

  @Test
  void allThreeFormatsAreRead() throws IOException {
    var header =
        "{\"a\":%s,\"b\":%s,\"c\":%s,\"__metadata__\":{\"format\":\"pt\"}}"
            .formatted(
                tensor("F32", "[1,2]", "[0,8]"),
                tensor("BF16", "[2]", "[8,12]"),
                tensor("F16", "[2]", "[12,16]"));
    var bytes = Files.readAllBytes(Path.of(write(-1, header, 16).path()));
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(bytes.length - 16)
        .putFloat(1.5f)
        .putFloat(-2)
        .putShort((short) 0x3fc0)
        .putShort((short) 0xc000)
        .putShort((short) 0x3e00)
        .putShort((short) 0xc000);
    var file = SafeTensorsFile.open(store, write(bytes));
    for (var name : new String[] {"a", "b", "c"}) {
      var values = new float[2];
      file.read(name, 0, values, 2);
      assertThat(values).containsExactly(1.5f, -2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "F32;[2];[0,8];9;end at byte",
        "F32;[2];[0,8];7;lies outside",
        "F32;[3];[0,8];8;is not what its shape",
        "F32;[2];[8,0];8;is not what its shape",
        "F32;[-2];[0,8];8;impossible shape",
        "F32;[4611686018427387904,4];[0,8];8;impossible shape",
        "F32;[2.5];[0,8];8;impossible shape",
        "F99;[2];[0,8];8;unknown dtype",
        "F32;[2];[0,9223372036854775807];8;lies outside",
        "F32;[2];[0,99999999999999999999];8;lies outside",
        "F32;[2];[-8,0];8;lies outside",
        "F32;7;[0,8];8;no shape",
        "F32;[2];[0,4,8];8;no data_offsets",
        "F32;[2];[0,[8]];8;lies outside",
        "F32;[1,1,1,1,1,1,1,1,2];[0,8];8;impossible shape",
        "F32;[1];[4,8];8;leaves a gap",
      })
  void aHeaderThatLiesIsRefused(
      String type, String shape, String offsets, int dataBytes, String sentence)
      throws IOException {
    var uri = write(-1, "{\"t\":" + tensor(type, shape, offsets) + "}", dataBytes);
    assertThatThrownBy(() -> SafeTensorsFile.open(store, uri))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void overlappingTensorsAreRefused() throws IOException {
    var uri =
        write(
            -1,
            "{\"a\":%s,\"b\":%s}"
                .formatted(tensor("F32", "[2]", "[0,8]"), tensor("F32", "[2]", "[4,12]")),
            12);
    assertThatThrownBy(() -> SafeTensorsFile.open(store, uri)).hasMessageContaining("overlaps");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "99999999", "9223372036854775807", "-9223372036854775808"})
  void anImpossibleHeaderLengthIsRefused(long length) throws IOException {
    var file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    var uri = write(file.array());
    assertThatThrownBy(() -> SafeTensorsFile.open(store, uri))
        .isInstanceOfSatisfying(
            RunFault.class, f -> assertThat(f.reason()).isEqualTo(Reason.SAFE_TENSORS_INVALID));
  }

  @Test
  void aNameThatComesTwiceIsRefused() throws IOException {
    var tensor = tensor("F32", "[2]", "[0,8]");
    var uri = write(-1, "{\"a\":%s,\"a\":%s}".formatted(tensor, tensor), 8);
    assertThatThrownBy(() -> SafeTensorsFile.open(store, uri)).hasMessageContaining("Duplicate");
  }

  /** Bytes changed, cut off or added anywhere: refused with a sentence, or still consistent. */
  @Test
  void damageNeverGetsPastTheChecks() throws IOException {
    var original = Files.readAllBytes(REAL);
    var header = (int) ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getLong();
    var random = new Random(1);
    var refused = 0;
    for (var round = 0; round < 400; round++) {
      var bytes = original.clone();
      if (round % 4 == 0) {
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        for (var i = 0; i < 1 + round % 3; i++) {
          bytes[random.nextInt(8 + header)] = (byte) random.nextInt(256);
        }
      }
      try {
        var file = SafeTensorsFile.open(store, write(bytes));
        for (var tensor : file.tensors().values()) {
          assertThat(tensor.begin()).isBetween(0L, (long) bytes.length);
          assertThat(tensor.end()).isBetween(tensor.begin(), (long) bytes.length);
        }
      } catch (RunFault fault) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(200);
  }
}
