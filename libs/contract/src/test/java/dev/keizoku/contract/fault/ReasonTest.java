package dev.keizoku.contract.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {

  /** Kubernetes refuses other words as the reason of a condition. */
  @ParameterizedTest
  @EnumSource(Reason.class)
  void theWordIsTheNameInCamelCase(Reason reason) {
    assertThat(reason.word()).matches("[A-Z][A-Za-z0-9]{0,63}").isEqualTo(camelCase(reason.name()));
    assertThat(Reason.of(reason.word())).contains(reason);
    assertThat(reason).hasToString(reason.word());
  }

  @Test
  void aWordOfAnotherReleaseIsNone() {
    assertThat(Reason.of("BrandNewReason")).isEmpty();
    assertThat(Reason.of(null)).isEmpty();
  }

  @Test
  void damageIsWhatAnotherCopyMayCure() {
    assertThat(RunFault.userError(Reason.DIGEST_MISMATCH, "").damage()).isTrue();
    assertThat(RunFault.userError(Reason.STORAGE_ACCESS_DENIED, "").damage()).isFalse();
  }

  private static String camelCase(String name) {
    return Arrays.stream(name.split("_"))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase())
        .collect(Collectors.joining());
  }

  @Test
  void damageHasOneExitCode() {
    for (var reason : Reason.values()) {
      assertThat(RunFault.userError(reason, "").exitCode()).isEqualTo(ExitCode.USER_ERROR);
      if (reason.damage()) {
        assertThatThrownBy(() -> RunFault.tryAgain(reason, "", null))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(reason.word());
      } else {
        assertThat(RunFault.tryAgain(reason, "", null).exitCode()).isEqualTo(ExitCode.TRY_AGAIN);
      }
    }
  }
}
