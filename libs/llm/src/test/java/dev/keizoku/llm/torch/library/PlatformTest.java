package dev.keizoku.llm.torch.library;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {

  @Test
  void libraryAndProcessorAreNamed() {
    assertThat(Platform.name(Device.cpu())).matches("libtorch [^,]+(, .+)+");
  }

  @Test
  void theProcessorIsNamedByItsModelAndWhatItCanDo(@TempDir Path folder) throws IOException {
    var info = folder.resolve("cpuinfo");
    Files.writeString(
        info,
        """
        processor	: 0
        model name	: Maker Model 7 @ 2.5GHz
        cpu MHz		: 2499.998
        processor	: 1
        model name	: Maker Model 7 @ 2.5GHz
        cpu MHz		: 1200.1
        """);
    assertThat(Platform.processor(info)).isEqualTo("Maker Model 7 @ 2.5GHz");
    Files.writeString(info, "model name	: Maker\nflags		: fpu avx512f avx512_bf16 amx_bf16\n");
    assertThat(Platform.processor(info)).isEqualTo("Maker amx_bf16 avx512f");
    Files.writeString(info, "CPU implementer	: 0x41\nBogoMIPS	: 50.00\nCPU part	: 0xd0c\n");
    assertThat(Platform.processor(info)).isEqualTo("0x41 0xd0c");
    assertThat(Platform.processor(folder.resolve("none"))).isEqualTo(System.getProperty("os.arch"));
  }
}
