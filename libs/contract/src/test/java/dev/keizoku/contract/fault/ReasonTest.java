package dev.keizoku.contract.fault;

import static org.assertj.core.api.Assertions.assertThat;

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
  }

  @Test
  void aWordOfAnotherReleaseIsNone() {
    assertThat(Reason.of("BrandNewReason")).isEmpty();
    assertThat(Reason.of(null)).isEmpty();
  }

  @Test
  void damageIsWhatAnotherCopyMayCure() {
    assertThat(RunFault.tryAgain(Reason.DIGEST_MISMATCH, "", null).damage()).isTrue();
    assertThat(RunFault.userError(Reason.STORAGE_ACCESS_DENIED, "").damage()).isFalse();
  }

  private static String camelCase(String name) {
    return Arrays.stream(name.split("_"))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase())
        .collect(Collectors.joining());
  }
}
