package dev.keizoku.llm.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The parameters that are gathered, used and freed together: the embedding, a block or the head.
 * They lie in one flat buffer, in this order, without gaps, so that query, key and value weights
 * (and gate and up) are also one matrix.
 *
 * @param name for messages and checkpoints, for instance {@code layers.3}
 * @param parameters in buffer order
 */
public record ParameterUnit(String name, List<ParameterSpec> parameters) {

  /** Number of elements of the flat buffer. */
  public long elements() {
    var last = parameters.getLast();
    return last.offset() + last.elements();
  }

  /** The parameter whose name ends in {@code suffix}. */
  public ParameterSpec find(String suffix) {
    for (var parameter : parameters) {
      if (parameter.name().endsWith(suffix)) {
        return parameter;
      }
    }
    throw new IllegalArgumentException("no " + suffix + " in " + name);
  }

  /** Lays parameters out one after another. */
  static final class Builder {
    private final String name;
    private final String prefix;
    private final List<ParameterSpec> parameters = new ArrayList<>();
    private long offset;

    Builder(String name, String prefix) {
      this.name = name;
      this.prefix = prefix;
    }

    Builder add(String parameter, long... shape) {
      var spec = new ParameterSpec(prefix + parameter, shape, offset);
      parameters.add(spec);
      offset += spec.elements();
      return this;
    }

    Builder addIf(boolean present, String parameter, long... shape) {
      return present ? add(parameter, shape) : this;
    }

    ParameterUnit build() {
      return new ParameterUnit(name, List.copyOf(parameters));
    }
  }
}
