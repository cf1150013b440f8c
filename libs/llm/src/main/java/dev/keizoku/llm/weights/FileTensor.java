package dev.keizoku.llm.weights;

import dev.keizoku.llm.config.ParameterSpec;
import java.util.List;

/**
 * A tensor as a family's files hold it.
 *
 * @param name in the files
 * @param parts the parameter, or several that are stacked along the rows
 */
record FileTensor(String name, List<ParameterSpec> parts) {

  /** Shape in the files. */
  long[] shape() {
    var shape = parts.getFirst().shape().clone();
    shape[0] = parts.stream().mapToLong(part -> part.shape()[0]).sum();
    return shape;
  }

  /** Number of elements. */
  long elements() {
    return parts.stream().mapToLong(ParameterSpec::elements).sum();
  }
}
