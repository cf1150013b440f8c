package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.model.ParameterSpec;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.weights.WeightSource;

/**
 * The parameters of a run that trains, read from the ranks' fp32 slices while they are idle.
 *
 * @param trainer whose
 * @param tensor which of a rank's tensors: 0 values, 1 first and 2 second moments
 */
record ShardedWeights(DataParallelTrainer trainer, int tensor) implements WeightSource {

  @Override
  public void read(ParameterSpec parameter, long first, long count, Sink sink) {
    var unit = unitOf(parameter);
    var from = parameter.offset() + first;
    var end = from + count;
    for (var rank = 0; rank < trainer.stateHolders(); rank++) {
      var state = trainer.state(rank);
      var start = Math.max(from, state.start(unit));
      var stop = Math.min(end, state.start(unit) + state.elements(unit));
      if (start < stop) {
        var slice = state.tensors(unit).get(tensor);
        try (var scope = slice.memory().scope()) {
          var values = HostCopy.floats(slice.narrow(0, start - state.start(unit), stop - start));
          sink.accept(start - parameter.offset(), values);
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
