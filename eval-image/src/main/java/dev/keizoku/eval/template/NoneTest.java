package dev.keizoku.eval.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;

/** {@code is none}, which knows {@link PythonWord#NONE} too. */
final class NoneTest implements ExpTest {

  @Override
  public String getName() {
    return "none";
  }

  @Override
  public boolean evaluate(Object value, JinjavaInterpreter interpreter, Object... arguments) {
    return value == null || value == PythonWord.NONE;
  }
}
