package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real files of every format with damage at places that a seed draws: rejects, and never a stop.
 */
class DamagedFilesTest {
  private static final int SMALL = 50_000;
  private static final int COPIES = 12;
  private static final int COPIES_OF_LARGE = 2;

  @TempDir Path folder;

  static Stream<Path> files() throws IOException {
    return Stream.of(Path.of("src/test/resources/formats"), RealFile.FOLDER)
        .flatMap(DamagedFilesTest::list)
        .sorted();
  }

  private static Stream<Path> list(Path of) {
    try (var files = Files.list(of)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void areRejects(Path file) throws IOException {
    var whole = Files.readAllBytes(file);
    int copies = whole.length > SMALL ? COPIES_OF_LARGE : COPIES;
    for (int seed = 0; seed < copies; seed++) {
      var damaged = folder.resolve(file.getFileName());
      Files.write(damaged, damaged(whole, new Random(seed)));
      assertThatCode(() -> RealFile.find(damaged, Format.AUTO, null))
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }

  private static byte[] damaged(byte[] whole, Random random) {
    int end = random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length;
    var bytes = Arrays.copyOf(whole, end);
    for (int i = 1 << random.nextInt(6); i > 0 && end > 0; i--) {
      bytes[random.nextInt(end)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
