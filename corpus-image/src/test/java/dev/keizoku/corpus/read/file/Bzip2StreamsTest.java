package dev.keizoku.corpus.read.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bzip2StreamsTest {
  private static byte[] packed(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var pack = new BZip2CompressorOutputStream(out, 1)) {
      pack.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] random(int seed, int bytes) {
    var random = new byte[bytes];
    new Random(seed).nextBytes(random);
    return random;
  }

  private static byte[] unpacked(byte[] packed, int threads) throws IOException {
    try (var in = new Bzip2Streams(new ByteArrayInputStream(packed), threads)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void streamsInARowAreTheirBytesInOrder(int threads) throws IOException {
    var plain = new ByteArrayOutputStream();
    var packed = new ByteArrayOutputStream();
    // Empty streams too, small ones, and one of several blocks.
    for (int i = 0; i < 40; i++) {
      var bytes = random(i, i == 20 ? 700_000 : 100 * (i % 7));
      plain.writeBytes(bytes);
      packed.writeBytes(packed(bytes));
    }
    assertThat(unpacked(packed.toByteArray(), threads)).isEqualTo(plain.toByteArray());
  }

  @Test
  void aStreamLongerThanWhatIsLookedThroughIsReadAsItComes() throws IOException {
    var longOne = random(1, 9 << 20);
    var packed = new ByteArrayOutputStream();
    var plain = new ByteArrayOutputStream();
    for (var bytes : new byte[][] {random(2, 500), longOne, random(3, 500)}) {
      packed.writeBytes(packed(bytes));
      plain.writeBytes(bytes);
    }
    assertThat(packed.size()).isGreaterThan(9 << 20);
    assertThat(unpacked(packed.toByteArray(), 2)).isEqualTo(plain.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatStandsBeforeDamageIsReadAndThenTold(int threads) throws IOException {
    var packed = new ByteArrayOutputStream();
    for (int i = 0; i < 9; i++) {
      packed.writeBytes(packed(random(i, 1000)));
    }
    var bytes = packed.toByteArray();
    bytes[bytes.length / 2] ^= 0x55;
    try (var in = new Bzip2Streams(new ByteArrayInputStream(bytes), threads)) {
      assertThat(in.readNBytes(4000)).hasSize(4000);
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> unpacked(new byte[] {'P', 'K', 3, 4}, threads))
        .hasMessageContaining("not in the BZip2 format");
    assertThatThrownBy(() -> unpacked(new byte[] {'B'}, threads)).isInstanceOf(IOException.class);
  }
}
