package dev.keizoku.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.StoreUri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Over connections that break; against real servers in the tests of the stores. */
class ResumingStreamTest {
  private static final StoreUri URI = StoreUri.parse("s3://bucket/key");
  private static final Retries RETRIES =
      new Retries(
          new RetryPolicy(Duration.ofMillis(200), Duration.ofMillis(1), Duration.ofMillis(2)),
          (e, uri) -> null);

  private final byte[] content = new byte[10_000];
  private final List<Long> opened = new ArrayList<>();

  {
    new Random(1).nextBytes(content);
  }

  /** A connection gives so many bytes, then ends early or throws. */
  private ResumingStream.Rest connection(long offset, int gives, boolean loud) {
    opened.add(offset);
    var end = (int) Math.min(content.length, offset + gives);
    var bytes = new ByteArrayInputStream(Arrays.copyOfRange(content, (int) offset, end));
    InputStream in =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("nobody reads single bytes of a connection");
          }

          @Override
          public int read(byte[] buffer, int at, int length) throws IOException {
            var count = bytes.read(buffer, at, length);
            if (count < 0 && loud) {
              throw new IOException("connection reset");
            }
            return count;
          }
        };
    return new ResumingStream.Rest(in, content.length);
  }

  @Test
  void goesOnWhereAConnectionEnded() throws IOException {
    for (var loud : new boolean[] {false, true}) {
      opened.clear();
      try (var in = ResumingStream.open(URI, RETRIES, at -> connection(at, 3000, loud))) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
      assertThat(opened).containsExactly(0L, 3000L, 6000L, 9000L);
    }
  }

  @Test
  void aPartBeginsWhereItIsAskedToAndIsOpenedWhenItIsRead() throws IOException {
    try (var in = ResumingStream.of(URI, RETRIES, at -> connection(at, 9000, true), 500, 10_000)) {
      assertThat(opened).isEmpty();
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 500, 10_000));
    }
    assertThat(opened).containsExactly(500L, 9500L);
  }

  @Test
  void whatIsThereAlreadyIsNotAskedForAgain() throws IOException {
    try (var in = ResumingStream.of(URI, RETRIES, at -> connection(at, 1, true), 10_000, 10_000)) {
      assertThat(in.readAllBytes()).isEmpty();
    }
    assertThat(opened).isEmpty();
  }

  @Test
  void aConnectionThatNeverComesBackIsToldAsStorageThatIsAway() {
    var in =
        ResumingStream.open(
            URI,
            RETRIES,
            at -> {
              if (at > 0) {
                throw new IOException("refused");
              }
              return connection(at, 100, true);
            });
    assertThatThrownBy(in::readAllBytes)
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("did not answer");
  }
}
