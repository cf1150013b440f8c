package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.weights.WeightSource;

/**
 * The parameters of a run that trains, read from the ranks' fp32 slices while they are idle.
 *
 * @param trainer whose
 * @param tensor which of a rank's tensors: 0 values, 1 first and 2 second moments
 */
record ShardedWeights(DataParallelTrainer trainer, int tensor) implements WeightSource {
  // Elements on the Java heap at once: an embedding as one array would be larger than the heap.
  private static final long PART = 1L << 18;

  @Override
  public void read(ParameterSpec parameter, long first, long count, Sink sink) {
    var unit = unitOf(parameter);
    var from = parameter.offset() + first;
    var end = from + count;
    for (var rank = 0; rank < trainer.stateHolders(); rank++) {
      var state = trainer.state(rank);
      var start = Math.max(from, state.start(unit));
      var stop = Math.min(end, state.start(unit) + state.elements(unit));
      var held = state.tensors(unit).get(tensor);
      for (var at = start; at < stop; at += PART) {
        try (var scope = held.memory().scope()) {
          var length = Math.min(PART, stop - at);
          var values = HostCopy.floats(held.narrow(0, at - state.start(unit), length));
          sink.accept(at - parameter.offset(), values);
        }
      }
    }
  }

  private int unitOf(ParameterSpec parameter) {
    var units = trainer.layout().units();
    for (var unit = 0; unit < units.size(); unit++) {
      if (units.get(unit).parameters().stream()
          .anyMatch(candidate -> candidate.name().equals(parameter.name()))) {
        return unit;
      }
    }
    throw new IllegalArgumentException("no parameter " + parameter.name());
  }
}
