package dev.keizoku.storage.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theFolderIsFoundFromItselfAndFromItsManifest() {
    var folder = StoreUri.parse("s3://bucket/model/");
    assertThat(Manifest.folder(folder)).isEqualTo(folder);
    assertThat(Manifest.folder(folder.child(Manifest.FILE_NAME))).isEqualTo(folder);
  }

  @Test
  void aDamagedFileIsToldAndNeverAppears() throws IOException {
    var folder = new ArtifactFolder(store, StoreUri.of(root.resolve("artifact")));
    var file = folder.put("data.bin", bytes("what was written"));
    var written = folder.commit("test", "test 1", Map.of());
    var uri = StoreUri.parse(written.uri());
    var local = root.resolve("local.bin");

    assertThat(Manifest.read(store, uri, written.sha256()).files()).containsExactly(file);
    Manifest.download(store, uri.parent(), file, local);
    assertThat(local).hasContent("what was written");

    Files.delete(local);
    Files.write(root.resolve("artifact/data.bin"), bytes("what was damaged"));
    assertDamage(() -> Manifest.download(store, uri.parent(), file, local));
    Files.write(root.resolve("artifact/manifest.json"), bytes("{}"));
    assertDamage(() -> Manifest.read(store, uri, written.sha256()));
    try (var left = Files.list(root)) {
      assertThat(left).containsExactly(root.resolve("artifact"));
    }
  }

  private static void assertDamage(Runnable read) {
    assertThatThrownBy(read::run)
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(Reason.DIGEST_MISMATCH);
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              assertThat(fault.damage()).isTrue();
            });
  }
}
