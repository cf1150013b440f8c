package dev.keizoku.eval.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;

/** {@code trim} that takes the ideographic space too, as Python does. */
final class TrimFilter implements Filter {

  @Override
  public String getName() {
    return "trim";
  }

  @Override
  public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
    if (arguments.length > 0) {
      throw new TemplateFault(Math.max(1, interpreter.getLineNumber()), "trim takes no arguments");
    }
    return String.valueOf(value).strip();
  }
}
