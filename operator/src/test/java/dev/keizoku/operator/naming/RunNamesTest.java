package dev.keizoku.operator.naming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names of Jobs become labels of their pods. */
class RunNamesTest {

  @Test
  void aJobsNameStaysALabelHoweverManyAttemptsThereAre() {
    var names = RunNames.of("n".repeat(52), "uid", "hash");
    assertThat(names.job(999)).hasSize(63).startsWith(names.configMap());
    assertThat(names.job(1000)).hasSize(63).endsWith("-1000");
    assertThat(names.job(2_000_000)).hasSize(63).endsWith("-" + names.run() + "-2000000");
    assertThat(RunNames.of("short", "uid", "hash").job(12)).startsWith("short-").endsWith("-12");
  }
}
