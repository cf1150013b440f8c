package dev.keizoku.llm.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.testing.ProgramProcess;
import org.junit.jupiter.api.Test;

class VectorModuleTest {
  private static final ProgramProcess ASKED = ProgramProcess.of(Ask.class.getName());

  @Test
  void isLoadedInSilence() throws Exception {
    var end = ASKED.with("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED").run();
    assertThat(end.out()).isEqualToIgnoringNewLines("true");
    assertThat(end.err()).isEmpty();
  }

  @Test
  void isNotThereWhereItMayNotBeLoaded() throws Exception {
    assertThat(ASKED.run().out()).isEqualToIgnoringNewLines("false");
  }

  /** Says whether it is there, and uses it if so. */
  public static final class Ask {
    public static void main(String[] arguments) {
      System.out.println(VectorModule.load() && Rows.LANES >= 2);
    }
  }
}
