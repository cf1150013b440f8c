package dev.keizoku.storage.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.file.FileObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedStoreTest {
  private final AtomicLong moved = new AtomicLong();
  @TempDir private Path local;

  @Test
  void everyWayInAndOutIsTold() throws Exception {
    var store = new WatchedStore(new FileObjectStore(), moved::addAndGet);
    var uri = StoreUri.parse(local.resolve("object").toUri().toString());
    store.put(uri, new byte[1_000]);
    assertThat(moved.getAndSet(0)).isEqualTo(1_000);
    try (var in = store.open(uri)) {
      assertThat(in.readAllBytes()).hasSize(1_000);
    }
    assertThat(moved.getAndSet(0)).isEqualTo(1_000);
    assertThat(store.readRange(uri, 10, 20)).hasSize(20);
    assertThat(moved.getAndSet(0)).isEqualTo(20);
    store.download(uri, local.resolve("copy"));
    assertThat(moved.getAndSet(0)).isEqualTo(1_000);
    store.upload(Files.write(local.resolve("file"), new byte[30]), uri);
    assertThat(moved.getAndSet(0)).isEqualTo(30);
  }
}
