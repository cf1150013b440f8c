package dev.keizoku.program.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.program.ProgramLine;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The group {@code store} on local files. */
class StoreCommandTest {
  @TempDir Path root;

  @Test
  void uploadCopiesOnlyWhatIsNotThere() throws IOException {
    var from = Files.createDirectories(root.resolve("from/sub"));
    Files.writeString(from.resolve("銀行法.txt"), "銀行");
    var to = root.resolve("to");
    assertThat(upload(to)).isZero();
    var copy = to.resolve("sub/銀行法.txt");
    var written = Files.getLastModifiedTime(copy);
    assertThat(upload(to)).isZero();
    assertThat(Files.getLastModifiedTime(copy)).isEqualTo(written);
    Files.writeString(from.resolve("銀行法.txt"), "手形");
    assertThat(upload(to)).isZero();
    assertThat(copy).hasContent("手形");
  }

  @Test
  void downloadBringsBackWhatWasUploadedAndDeleteRemovesIt() throws IOException {
    Files.writeString(Files.createDirectories(root.resolve("from/sub")).resolve("a.txt"), "銀行");
    var to = root.resolve("to");
    assertThat(upload(to)).isZero();
    var uri = StoreUri.of(to).toString();
    assertThat(run("download", uri, root.resolve("folder").toString())).isZero();
    assertThat(root.resolve("folder/sub/a.txt")).hasContent("銀行");
    assertThat(run("download", uri + "/sub/a.txt", root.resolve("file").toString())).isZero();
    assertThat(root.resolve("file/a.txt")).hasContent("銀行");
    assertThat(run("delete", uri)).isZero();
    assertThat(to.resolve("sub/a.txt")).doesNotExist();
    assertThat(run("download", uri, root.resolve("none").toString())).isEqualTo(42);
  }

  private static int run(String... arguments) {
    return ProgramLine.set(StoreCommand.line(Map.of())).execute(arguments);
  }

  private int upload(Path to) {
    return run("upload", root.resolve("from").toString(), StoreUri.of(to).toString());
  }

  @Test
  void whatTheUserGotWrongIs42() {
    assertThat(run("upload", "/no/such/folder", "file:///tmp/x")).isEqualTo(42);
    assertThat(run("upload")).isEqualTo(42);
    assertThat(run("delete", "--no-such-option", "file:///tmp/x")).isEqualTo(42);
    assertThat(run("list")).isEqualTo(42);
    assertThat(run()).isEqualTo(42);
  }
}
