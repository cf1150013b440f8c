package dev.keizoku.llm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import dev.keizoku.llm.torch.DeviceMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowSoftmaxTest {
  private static final int COLUMNS = 1000;
  private static final int STEP = 300;

  private final DeviceMemory memory = new DeviceMemory(Device.cpu());

  @BeforeEach
  void needsTheVectorApi() {
    assumeTrue(Kernels.inVectors(), "no vectors of 256 bits here");
  }

  @AfterEach
  void free() {
    memory.close();
  }

  /** Rows of other sizes, greatest column first, last, in the middle and twice. */
  @Test
  void aRowInPartsIsTheWholeRow() {
    var random = new Random(3);
    var rows = new float[5][COLUMNS];
    for (var row : rows) {
      for (var i = 0; i < COLUMNS; i++) {
        row[i] = (float) (3 * random.nextGaussian());
      }
    }
    rows[0][0] = 50;
    rows[1][COLUMNS - 1] = 200;
    rows[2][STEP] = 30;
    rows[2][2 * STEP] = 30;
    Arrays.fill(rows[3], -7);
    for (var i = 0; i < COLUMNS; i++) {
      rows[4][i] = -1e6f + i;
    }
    var asked =
        List.of(
            new int[] {0, 999, 5},
            new int[] {999},
            new int[] {300, 600},
            new int[] {7},
            new int[0]);
    var softmax = softmax(rows, asked);
    assertThat(softmax.likeliest()).containsExactly(0, COLUMNS - 1, STEP, 0, COLUMNS - 1);
    var values = softmax.logProbabilities();
    for (var r = 0; r < rows.length; r++) {
      assertThat(values[r]).hasSize(asked.get(r).length);
      for (var i = 0; i < values[r].length; i++) {
        var exact = exact(rows[r], asked.get(r)[i]);
        assertThat((double) values[r][i])
            .isCloseTo(exact, within(1e-6 * Math.max(1, Math.abs(exact))));
      }
    }
  }

  @Test
  void aRowWithoutNumbersSaysSo() {
    var rows = new float[4][COLUMNS];
    rows[1][STEP + 7] = Float.NaN;
    rows[2][COLUMNS - 1] = Float.POSITIVE_INFINITY;
    rows[3][0] = Float.intBitsToFloat(0x7fc00123);
    var asked = List.of(new int[] {1}, new int[] {1}, new int[] {1}, new int[] {1});
    var values = softmax(rows, asked).logProbabilities();
    assertThat(values[0][0]).isCloseTo((float) -Math.log(COLUMNS), within(1e-5f));
    for (var r = 1; r < rows.length; r++) {
      assertThat(values[r][0]).isNaN();
    }
  }

  private RowSoftmax softmax(float[][] rows, List<int[]> asked) {
    var softmax = new RowSoftmax(asked);
    for (var first = 0; first < COLUMNS; first += STEP) {
      var count = Math.min(STEP, COLUMNS - first);
      var part = new float[rows.length * count];
      for (var r = 0; r < rows.length; r++) {
        System.arraycopy(rows[r], first, part, r * count, count);
      }
      softmax.take(memory.of(part, rows.length, count), first);
    }
    return softmax;
  }

  private static double exact(float[] row, int column) {
    var max = Double.NEGATIVE_INFINITY;
    for (var x : row) {
      max = Math.max(max, x);
    }
    var sum = 0.0;
    for (var x : row) {
      sum += Math.exp(x - max);
    }
    return row[column] - max - Math.log(sum);
  }
}
