package dev.keizoku.llm.weights;

import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.weights.safetensors.FloatFormat;
import dev.keizoku.llm.weights.safetensors.SafeTensorsFile;
import java.util.Arrays;

/**
 * Where a parameter's numbers are.
 *
 * @param file that holds the tensor
 * @param tensor its name there
 * @param offset of the parameter's first element in that tensor
 */
record TensorPlace(SafeTensorsFile file, String tensor, long offset) {
  private static final int CHUNK = SafeTensorsFile.CHUNK;

  /** A model that has diverged has not one number left that is finite. */
  private static final int BEGIN = 1 << 17;

  /**
   * Reads {@code count} elements from {@code first} on, in order, in parts.
   *
   * @throws RunFault user error {@code WeightsNotFinite} that names the tensor
   */
  void read(long first, long count, WeightSource.Sink sink) {
    var buffer = new float[(int) Math.min(CHUNK, count)];
    for (long done = 0; done < count; done += buffer.length) {
      var part = (int) Math.min(buffer.length, count - done);
      file.read(tensor, offset + first + done, buffer, part);
      file.requireFinite(tensor, buffer, part, offset + first + done);
      sink.accept(first + done, part == buffer.length ? buffer : Arrays.copyOf(buffer, part));
    }
  }

  /** Of a part of the tensor gives on what belongs to the parameter, which may be a part too. */
  void share(
      ParameterSpec parameter, long first, float[] values, int count, WeightSource.AllSink sink) {
    long from = Math.max(first, offset);
    long to = Math.min(first + count, offset + parameter.elements());
    if (from < to) {
      boolean all = from == first && to - from == values.length;
      sink.accept(
          parameter,
          from - offset,
          all ? values : Arrays.copyOfRange(values, (int) (from - first), (int) (to - first)));
    }
  }

  /**
   * Reads no more than the begin of {@code count} elements.
   *
   * @throws RunFault user error {@code WeightsNotFinite} that names the tensor
   */
  void checkBegin(long count) {
    var buffer = new float[(int) Math.min(BEGIN, count)];
    file.read(tensor, offset, buffer, buffer.length);
    file.requireFinite(tensor, buffer, buffer.length, offset);
  }

  /** Bytes of one of its numbers in the file. */
  int numberBytes() {
    return FloatFormat.of(file.tensors().get(tensor).type()).bytes();
  }

  /** Whether two tensors of one shape hold the same numbers. */
  static boolean equal(TensorPlace one, TensorPlace other, long elements) {
    var a = new float[CHUNK];
    var b = new float[CHUNK];
    for (long done = 0; done < elements; done += CHUNK) {
      var part = (int) Math.min(CHUNK, elements - done);
      one.file.read(one.tensor, one.offset + done, a, part);
      other.file.read(other.tensor, other.offset + done, b, part);
      if (!Arrays.equals(a, 0, part, b, 0, part)) {
        return false;
      }
    }
    return true;
  }
}
