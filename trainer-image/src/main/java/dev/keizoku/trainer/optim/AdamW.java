package dev.keizoku.trainer.optim;

import dev.keizoku.contract.train.Optimizer;
import dev.keizoku.llm.config.ParameterUnit;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.FusedAdamW;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW over one rank's shard: the fp32 slices of all units, with their moments in two flat
 * buffers. Matrices are decayed, norms and biases are not, wherever the slices cut them.
 */
public final class AdamW {
  private final Optimizer settings;
  private final List<Tensor> firstMoments = new ArrayList<>();
  private final List<Tensor> secondMoments = new ArrayList<>();
  private final List<Kernels> kernels = new ArrayList<>();
  private final long elements;

  /** Updates of one slice; null where it has nothing of the kind. */
  private record Kernels(FusedAdamW decaying, FusedAdamW constant) {}

  /**
   * A slice of a unit that this rank updates.
   *
   * @param unit which parameters the flat buffer holds
   * @param start first element of the slice in the flat buffer
   * @param master fp32 values, 1-D
   * @param gradient fp32, same length; read while the slice is updated, so that slices which are
   *     updated one after the other may share it
   */
  public record Slice(ParameterUnit unit, long start, Tensor master, Tensor gradient) {}

  /** Makes moments of zeros for the slices, in the innermost scope of {@code memory}. */
  public AdamW(Optimizer settings, List<Slice> slices, DeviceMemory memory) {
    this.settings = settings;
    elements = slices.stream().mapToLong(s -> s.master().elements()).sum();
    var first = memory.zeros(DataType.FLOAT32, elements);
    var second = memory.zeros(DataType.FLOAT32, elements);
    long offset = 0;
    for (var slice : slices) {
      var length = slice.master().elements();
      firstMoments.add(first.narrow(0, offset, length));
      secondMoments.add(second.narrow(0, offset, length));
      kernels.add(kernels(slice, firstMoments.getLast(), secondMoments.getLast()));
      offset += length;
    }
  }

  private static Kernels kernels(Slice slice, Tensor first, Tensor second) {
    var decayed = new ArrayList<FusedAdamW.Item>();
    var undecayed = new ArrayList<FusedAdamW.Item>();
    var end = slice.start() + slice.master().elements();
    for (var parameter : slice.unit().parameters()) {
      var from = Math.max(slice.start(), parameter.offset());
      var to = Math.min(end, parameter.offset() + parameter.elements());
      if (from < to) {
        var at = from - slice.start();
        var length = to - from;
        (parameter.decayed() ? decayed : undecayed)
            .add(
                new FusedAdamW.Item(
                    slice.master().narrow(0, at, length),
                    slice.gradient().narrow(0, at, length),
                    first.narrow(0, at, length),
                    second.narrow(0, at, length)));
      }
    }
    return new Kernels(
        decayed.isEmpty() ? null : new FusedAdamW(decayed),
        undecayed.isEmpty() ? null : new FusedAdamW(undecayed));
  }

  /**
   * One update of a slice, by its place in the list.
   *
   * @param updates made before this one: by them the moments are corrected, so a step that is left
   *     out does not count, as in PyTorch
   */
  public void update(int slice, long updates, double learningRate) {
    update(kernels.get(slice).decaying(), updates, learningRate, settings.weightDecay());
    update(kernels.get(slice).constant(), updates, learningRate, 0);
  }

  private void update(FusedAdamW kernel, long updates, double learningRate, double decay) {
    if (kernel != null) {
      kernel.update(
          new FusedAdamW.Constants(
              updates + 1,
              learningRate,
              settings.beta1(),
              settings.beta2(),
              settings.epsilon(),
              decay));
    }
  }

  /** Forgets all gradients: the moments are zero again. */
  public void clear() {
    firstMoments.forEach(AtenCalls::zero);
    secondMoments.forEach(AtenCalls::zero);
  }

  /** First moments of a slice, by the slice's place in the list. */
  public Tensor firstMoment(int slice) {
    return firstMoments.get(slice);
  }

  /** Second moments of a slice. */
  public Tensor secondMoment(int slice) {
    return secondMoments.get(slice);
  }

  /** Bytes of both moments. */
  public long bytes() {
    return 2 * elements * Float.BYTES;
  }
}
