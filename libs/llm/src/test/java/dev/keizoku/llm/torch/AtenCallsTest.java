package dev.keizoku.llm.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AtenCallsTest {
  private final DeviceMemory memory = new DeviceMemory(Device.cpu());

  @AfterEach
  void free() {
    memory.close();
    assertThat(memory.allocatedBytes()).isZero();
  }

  @Test
  void matrixProductsWriteIntoTheGivenTensor() {
    var a = memory.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    var b = memory.of(new float[] {1, 0, 0, 1, 1, 1}, 3, 2);
    var out = memory.empty(DataType.FLOAT32, 2, 2);
    AtenCalls.mm(out, a, b);
    assertThat(HostCopy.floats(out)).containsExactly(4, 5, 10, 11);
    AtenCalls.addmm(out, out, b.t(), a.t(), 2, 0.5f);
    assertThat(HostCopy.floats(out)).containsExactly(10, 15, 22.5f, 27.5f);
    assertThatThrownBy(() -> AtenCalls.mm(out, a, a)).hasMessageContaining("no product");
  }

  @Test
  void scalarsReachTheOperatorsThatTakeThem() {
    var x = memory.of(new float[] {1, 4, 16}, 3);
    AtenCalls.addInPlace(x, x, -0.5);
    AtenCalls.addInPlace(x, 2);
    AtenCalls.mulInPlace(x, 10);
    assertThat(HostCopy.floats(x)).containsExactly(25, 40, 100);
    AtenCalls.addcmulInPlace(x, x, x, -0.01);
    AtenCalls.rsqrtInPlace(x);
    assertThat(HostCopy.floats(x)[0]).isCloseTo((float) (1 / Math.sqrt(18.75)), within(1e-6f));
  }

  @Test
  void rowsAreReduced() {
    var x = memory.of(new float[] {3, 4, 6, 8}, 2, 2);
    var norm = memory.empty(DataType.FLOAT32, 2, 1);
    AtenCalls.norm(norm, x);
    assertThat(HostCopy.floats(norm)).containsExactly(5, 10);
    var sum = memory.empty(DataType.FLOAT32, 2);
    AtenCalls.sum(sum, x, 0, false);
    assertThat(HostCopy.floats(sum)).containsExactly(9, 12);
    var logits = memory.empty(DataType.FLOAT32, 2, 2);
    AtenCalls.logSoftmax(logits, x);
    assertThat(HostCopy.floats(logits)[1]).isCloseTo(-0.31326166f, within(1e-6f));
  }

  @Test
  void theLargestOfARowIsFoundTheFirstOfEquals() {
    var x = memory.of(new float[] {1, 7, 7, 2, -3, -4, -3, -9}, 2, 4);
    var largest = memory.empty(DataType.INT64, 2);
    AtenCalls.argmax(largest, x);
    assertThat(HostCopy.longs(largest)).containsExactly(1, 0);
    assertThatThrownBy(() -> AtenCalls.argmax(memory.empty(DataType.INT64, 3), x))
        .hasMessageContaining("has no room for rows");
  }

  @Test
  void rowsAreSelectedAndAdded() {
    var table = memory.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    var index = memory.of(new long[] {2, 0, 2}, 3);
    var rows = memory.empty(DataType.FLOAT32, 3, 2);
    AtenCalls.indexSelect(rows, table, index);
    assertThat(HostCopy.floats(rows)).containsExactly(5, 6, 1, 2, 5, 6);
    AtenCalls.indexAddInPlace(table, index, rows);
    assertThat(HostCopy.floats(table)).containsExactly(2, 4, 3, 4, 15, 18);
    var picked = memory.empty(DataType.FLOAT32, 3, 1);
    AtenCalls.gather(picked, rows, memory.of(new long[] {1, 0, 1}, 3, 1));
    assertThat(HostCopy.floats(picked)).containsExactly(6, 1, 6);
  }

  @Test
  void bothAttentionPathsAgree() {
    var values = new float[2 * 3 * 4];
    for (var i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    var q = memory.of(values, 1, 2, 3, 4);
    var k = memory.of(values, 1, 2, 3, 4);
    var flash = AttentionCalls.flash(q, k, k, true, null);
    var generic = AttentionCalls.scaledDotProduct(q, k, k, true, null);
    var masked =
        AttentionCalls.scaledDotProduct(q, k, k, false, memory.zeros(DataType.FLOAT32, 3, 3));
    assertThat(HostCopy.floats(flash.output()))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(HostCopy.floats(generic));
    assertThat(HostCopy.floats(masked)).isNotEqualTo(HostCopy.floats(generic));
  }
}
