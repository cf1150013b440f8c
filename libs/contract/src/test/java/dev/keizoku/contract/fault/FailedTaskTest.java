package dev.keizoku.contract.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailedTaskTest {
  private static ExecutionException failed(Throwable cause) {
    return new ExecutionException(cause);
  }

  @Test
  void outOfMemoryStaysWhatItIs() {
    var full = new OutOfMemoryError("Java heap space");
    assertThatThrownBy(() -> FailedTask.cause(failed(full))).isSameAs(full);
    assertThatThrownBy(() -> FailedTask.unchecked(failed(new CompletionException(full))))
        .isSameAs(full);
  }

  @Test
  void otherFaultsAreThoseOfTheTask() {
    var fault = RunFault.tryAgain(Reason.STOPPED, "Stopped.", null);
    var disk = new IOException("disk");
    assertThat(FailedTask.unchecked(failed(fault))).isSameAs(fault);
    assertThat(FailedTask.cause(failed(new CompletionException(disk)))).isSameAs(disk);
    assertThat(FailedTask.unchecked(failed(disk)))
        .isInstanceOf(IllegalStateException.class)
        .hasCause(disk);
  }
}
