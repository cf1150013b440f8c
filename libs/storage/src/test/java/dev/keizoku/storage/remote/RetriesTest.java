package dev.keizoku.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.StoreUri;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** How long a store may be away, on a clock that runs ahead. */
class RetriesTest {
  private final AheadOfTime time = new AheadOfTime();
  private int attempts;

  private static final class AheadOfTime implements Retries.Time {
    private long nanos;

    @Override
    public long now() {
      return nanos;
    }

    @Override
    public void pass(Duration duration) {
      nanos += duration.toNanos();
    }
  }

  private String call(Callable<String> attempt) {
    return new Retries(RetryPolicy.DEFAULT, (thrown, uri) -> null, "look at it", time)
        .call("read", StoreUri.parse("s3://bucket/k"), attempt);
  }

  private String awayUntil(Duration back) throws ConnectException {
    attempts++;
    if (time.now() < back.toNanos()) {
      throw new ConnectException("refused");
    }
    return "here";
  }

  @Test
  void theStoreMayBeAwayForAlmostTenMinutes() {
    assertThat(call(() -> awayUntil(Duration.ofSeconds(590)))).isEqualTo("here");
    assertThat(attempts).as("a wait is 5 s at most").isBetween(119, 130);
  }

  @Test
  void itIsGivenUpAfterTenMinutes() {
    assertThatThrownBy(() -> call(() -> awayUntil(Duration.ofMinutes(11))))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(Reason.STORAGE_UNAVAILABLE);
              assertThat(fault.exitCode()).isEqualTo(ExitCode.TRY_AGAIN);
            })
        .hasMessageContainingAll("600 s", "ConnectException: refused", "look at it");
    assertThat(Duration.ofNanos(time.now()))
        .isBetween(Duration.ofMinutes(9).plusSeconds(50), Duration.ofMinutes(10));
  }

  @Test
  void patienceBeginsWithTheFirstFailureNotWithTheStream() {
    time.pass(Duration.ofHours(3));
    assertThat(call(() -> awayUntil(Duration.ofHours(3).plusMinutes(9)))).isEqualTo("here");
  }
}
