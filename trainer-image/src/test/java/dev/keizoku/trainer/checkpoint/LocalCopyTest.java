package dev.keizoku.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In memory and on the disk alike. */
class LocalCopyTest {
  @TempDir Path root;

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    for (var i = 0; i < count; i++) {
      bytes[i] = (byte) (7 * i);
    }
    return bytes;
  }

  private static byte[] read(LocalCopy copy, int file, long at, int count) {
    var target = ByteBuffer.allocate(count);
    copy.read(file, at, target);
    assertThat(target.hasRemaining()).isFalse();
    return target.array();
  }

  private static void holdsWhatWasWritten(LocalCopy copy) {
    copy.make(List.of(400L, 800L));
    try (var memory = new DeviceMemory(Device.cpu())) {
      var values = memory.of(new float[] {1.5f, -2, 3e-9f}, 3);
      copy.write(1, 40, values.narrow(0, 1, 2));
    }
    try (var memory = new DeviceMemory(Device.cpu())) {
      var back = memory.zeros(DataType.FLOAT32, 4);
      copy.read(1, 40, back.narrow(0, 1, 2));
      assertThat(HostCopy.floats(back)).containsExactly(0, -2, 3e-9f, 0);
    }
    copy.write(0, 0, bytes(400), 400);
    var floats = ByteBuffer.wrap(read(copy, 1, 40, 8)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new float[] {floats.getFloat(), floats.getFloat()}).containsExactly(-2, 3e-9f);
    assertThat(read(copy, 0, 0, 400)).isEqualTo(bytes(400));
    assertThat(read(copy, 0, 390, 10)).endsWith(bytes(400)[399]);
    // The next checkpoint, and one of another number of ranks.
    copy.make(List.of(400L, 800L));
    copy.make(List.of(4L));
    copy.write(0, 0, bytes(4), 4);
    assertThat(read(copy, 0, 0, 4)).isEqualTo(bytes(4));
  }

  @Test
  void memory() {
    try (var copy = new MemoryCopy()) {
      holdsWhatWasWritten(copy);
    }
  }

  @Test
  void disk() throws IOException {
    var folder = root.resolve("checkpoint");
    try (var copy = new DiskCopy(folder)) {
      holdsWhatWasWritten(copy);
      try (var files = Files.list(folder)) {
        assertThat(files).as("one checkpoint").containsExactly(folder.resolve("rank-0.bin"));
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** As when the run fails while an upload reads. */
  @Test
  void memoryThatWasGivenUpIsNotRead() {
    var copy = new MemoryCopy();
    copy.make(List.of(16L));
    copy.close();
    assertThatThrownBy(() -> read(copy, 0, 0, 4)).hasMessageContaining("given up");
  }
}
