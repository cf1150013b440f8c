package dev.keizoku.llm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {
  @Test
  void aSharedSliceIsTheSameMemoryAndCountsWhereItIsShared() {
    try (var owner = new DeviceMemory(Device.cpu());
        var other = new DeviceMemory(Device.cpu())) {
      var whole = owner.of(new float[] {1, 2, 3, 4, 5, 6}, 6);
      var slice = other.share(whole, 2, 3);
      HostCopy.write(slice, 0, new float[] {30, 40, 50});
      assertThat(HostCopy.floats(whole)).containsExactly(1, 2, 30, 40, 50, 6);
      assertThat(other.allocatedBytes()).isEqualTo(12);
      other.free(slice);
      assertThat(other.allocatedBytes()).isZero();
      assertThat(owner.allocatedBytes()).isEqualTo(24);
    }
  }
}
