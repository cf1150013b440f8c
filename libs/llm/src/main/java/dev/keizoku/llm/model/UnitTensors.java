package dev.keizoku.llm.model;

import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.config.ParameterUnit;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.Tensor;

/** The parameters of a unit, or their gradients, as views of one flat buffer. */
public final class UnitTensors {
  private final ParameterUnit unit;
  private final Tensor flat;
  private final boolean blank;

  /**
   * @param unit which parameters
   * @param flat [at least unit.elements()], contiguous
   */
  public UnitTensors(ParameterUnit unit, Tensor flat) {
    this(unit, flat, false);
  }

  private UnitTensors(ParameterUnit unit, Tensor flat, boolean blank) {
    this.unit = unit;
    this.flat = flat;
    this.blank = blank;
  }

  /**
   * The same buffer for gradients of which it holds none yet: whoever would add to them writes over
   * whatever is there.
   */
  public UnitTensors blank() {
    return new UnitTensors(unit, flat, true);
  }

  /** Whether it holds no gradients yet, see {@link #blank()}. */
  public boolean isBlank() {
    return blank;
  }

  /** Which parameters they are. */
  public ParameterUnit unit() {
    return unit;
  }

  /** The flat buffer. */
  public Tensor flat() {
    return flat;
  }

  /** True when the unit has a parameter whose name ends in {@code suffix}. */
  public boolean has(String suffix) {
    return unit.parameters().stream().anyMatch(p -> p.name().endsWith(suffix));
  }

  /** The parameter whose name ends in {@code suffix}. */
  public Tensor get(String suffix) {
    return view(unit.find(suffix));
  }

  /** The gradient of a parameter, to be added to: zeros where this {@link #isBlank}. */
  Tensor sum(String suffix) {
    var sum = get(suffix);
    if (blank) {
      AtenCalls.zero(sum);
    }
    return sum;
  }

  /** The parameter whose name ends in {@code suffix}, or null when the unit has none. */
  public Tensor orNull(String suffix) {
    return has(suffix) ? get(suffix) : null;
  }

  /** A parameter by its spec. */
  public Tensor view(ParameterSpec spec) {
    return flat.narrow(0, spec.offset(), spec.elements()).view(spec.shape());
  }

  /** Neighbours in the buffer, from {@code first} to {@code last}, stacked along the rows. */
  public Tensor stacked(String first, String last) {
    var head = unit.find(first);
    var tail = unit.find(last);
    var elements = tail.offset() + tail.elements() - head.offset();
    var columns = head.shape().length == 1 ? 1 : head.shape()[1];
    var rows = flat.narrow(0, head.offset(), elements);
    return columns == 1 && head.shape().length == 1 ? rows : rows.view(elements / columns, columns);
  }

  /** The same, or null when the unit has no {@code first}. */
  public Tensor stackedOrNull(String first, String last) {
    return has(first) ? stacked(first, last) : null;
  }
}
