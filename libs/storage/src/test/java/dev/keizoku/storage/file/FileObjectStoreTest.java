package dev.keizoku.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectStoreTest {
  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  @Test
  void keepsJapaneseNamesAndSortsTheList() {
    store.put(uri("b/銀行法.html"), bytes("二"));
    store.put(uri("b/手形法.html"), bytes("一"));
    assertThat(store.list(uri("b")))
        .extracting(ObjectInfo::uri)
        .containsExactly(uri("b/手形法.html"), uri("b/銀行法.html"));
    assertThat(store.read(uri("b/銀行法.html"))).isEqualTo(bytes("二"));
  }

  @Test
  void whatAKilledWriterLeftCanBeDropped() throws IOException {
    store.create(uri("step/rank-0.bin")).write(bytes("half"));
    var other = store.create(uri("step/rank-01.bin"));
    other.write(bytes("whole"));
    assertThat(store.dropUnfinished(uri("step/rank-0.bin"))).isEqualTo(1);
    assertThat(store.dropUnfinished(uri("step/rank-0.bin"))).isZero();
    assertThat(store.dropUnfinished(uri("nowhere/rank-0.bin"))).isZero();
    other.commit();
    try (var files = Files.list(root.resolve("step"))) {
      assertThat(files).containsExactly(root.resolve("step/rank-01.bin"));
    }
  }

  @Test
  void readsARange() {
    store.put(uri("a"), bytes("0123456789"));
    assertThat(store.readRange(uri("a"), 3, 4)).isEqualTo(bytes("3456"));
    assertThatThrownBy(() -> store.readRange(uri("a"), 8, 4))
        .hasMessageContaining("ends too early");
  }

  @Test
  void aDownloadTellsHowItGoesOn() {
    var large = new byte[300_000];
    store.put(uri("large"), large);
    var told = new java.util.ArrayList<Long>();
    store.download(uri("large"), root.resolve("copy"), told::add);
    assertThat(told).hasSizeGreaterThan(2);
    assertThat(told.stream().mapToLong(Long::longValue).sum()).isEqualTo(large.length);
  }

  @Test
  void aFullFileSystemIsTheUsers() {
    assertThatThrownBy(() -> Files.write(Path.of("/dev/full"), bytes("x")))
        .isInstanceOfSatisfying(
            IOException.class,
            full -> {
              var fault = FileObjectStore.writeFault(uri("x"), root, full);
              assertThat(fault.reason()).isEqualTo(Reason.STORAGE_FULL);
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
            });
  }

  @Test
  void anUploadIsVisibleOnlyAfterItsCommit() throws IOException {
    try (var upload = store.create(uri("x/file"))) {
      upload.write(bytes("half"));
      assertThat(store.stat(uri("x/file"))).isEmpty();
      assertThat(store.list(uri("x"))).isEmpty();
    }
    try (var left = Files.list(root.resolve("x"))) {
      assertThat(left).as("a dropped upload leaves nothing").isEmpty();
    }
    try (var upload = store.create(uri("x/file"))) {
      upload.write(bytes("whole"));
      var artifact = upload.commit();
      assertThat(artifact.bytes()).isEqualTo(5);
      assertThat(artifact.sha256()).isEqualTo(Digests.sha256(bytes("whole")));
    }
    assertThat(store.stat(uri("x/file"))).contains(new ObjectInfo(uri("x/file"), 5));
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsToldAsThat() throws IOException {
    Files.createFile(root.resolve("file"));
    Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nowhere"));
    for (var folder : List.of("file", "file/out", "dangling", "dangling/out")) {
      assertNotWritable(() -> store.ensureBucket(uri(folder)), folder);
      assertNotWritable(() -> store.put(uri(folder + "/a"), bytes("1")), folder);
    }
  }

  private void assertNotWritable(ThrowableAssert.ThrowingCallable write, String folder) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              assertThat(fault.reason()).isEqualTo(Reason.STORAGE_NOT_WRITABLE);
            })
        .hasMessageContaining(root.resolve(folder) + " cannot be made or written to");
  }

  @Test
  void deletesAFolder() {
    store.put(uri("d/1"), bytes("1"));
    store.put(uri("d/e/2"), bytes("2"));
    store.put(uri("other"), bytes("3"));
    assertThat(store.deleteFolder(uri("d"))).isEqualTo(2);
    assertThat(store.list(StoreUri.of(root))).hasSize(1);
  }

  @Test
  void aMissingFileIsTheUsersFault() {
    assertThatThrownBy(() -> store.open(uri("none")))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              assertThat(fault.reason()).isEqualTo(Reason.OBJECT_NOT_FOUND);
            });
  }

  @Test
  void anS3UriNeedsAnEndpoint() {
    assertThatThrownBy(() -> store.stat(StoreUri.parse("s3://bucket/key")))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("needs storage.endpoint");
  }

  private StoreUri uri(String path) {
    return StoreUri.of(root).child(path);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
