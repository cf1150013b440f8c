package dev.keizoku.storage.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.run.AttemptOrder;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.file.FileObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program on a node that was given up must not write over what its successor writes. */
class FencedStoreTest {
  private final ObjectStore files = new FileObjectStore();
  @TempDir private Path local;
  private StoreUri output;

  @BeforeEach
  void begin() {
    output = StoreUri.parse(local.resolve("out").toUri().toString());
  }

  private ObjectStore attempt(String order) {
    return new FencedStore(files, output.child("checkpoints/attempt"), AttemptOrder.parse(order));
  }

  @Test
  void anAttemptThatWasTakenOverWritesAndDeletesNothing() throws Exception {
    var lost = attempt("1.9");
    lost.ensureBucket(output);
    lost.put(output.child("step-1"), new byte[] {1});
    var next = attempt("1.10");
    next.ensureBucket(output);
    next.put(output.child("step-1"), new byte[] {2});
    var file = Files.write(local.resolve("local"), new byte[] {3});
    assertThatThrownBy(() -> lost.put(output.child("step-1"), new byte[] {1}))
        .hasMessage(
            "Attempt 1.10 of this run has taken over from attempt 1.9, which writes"
                + " nothing any more.");
    assertThatThrownBy(() -> lost.upload(file, output.child("step-1")))
        .hasMessageContaining("1.10");
    assertThatThrownBy(() -> lost.delete(output.child("step-1"))).hasMessageContaining("1.10");
    assertThatThrownBy(() -> lost.deleteFolder(output)).hasMessageContaining("1.10");
    assertThat(files.read(output.child("step-1"))).containsExactly(2);
    next.put(output.child("step-2"), new byte[] {2});
  }

  /** Numbers begin anew with another run under the same name, generations never. */
  @Test
  void aLaterSpecGoesBeforeAnEarlierOneWhateverItsNumber() {
    attempt("2.5").ensureBucket(output);
    attempt("3.1").ensureBucket(output);
    assertThatThrownBy(() -> attempt("2.6").ensureBucket(output)).hasMessageContaining("3.1");
  }
}
