package dev.keizoku.eval.template;

import com.hubspot.jinjava.objects.serialization.PyishSerializable;
import com.hubspot.jinjava.util.HasObjectTruthValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value that Python prints in another word than Java: {@code True}, {@code False}, {@code None}.
 */
enum PythonWord implements HasObjectTruthValue, PyishSerializable {
  TRUE("True", true),
  FALSE("False", false),
  NONE("None", false);

  private final String word;
  private final boolean truth;

  PythonWord(String word, boolean truth) {
    this.word = word;
    this.truth = truth;
  }

  /** A row's value as templates see it, with all that is in it. */
  static Object in(Object value) {
    return switch (value) {
      case null -> NONE;
      case Boolean truth -> truth ? TRUE : FALSE;
      case List<?> list -> {
        var seen = new ArrayList<Object>();
        list.forEach(item -> seen.add(in(item)));
        yield seen;
      }
      case Map<?, ?> map -> {
        var seen = new LinkedHashMap<String, Object>();
        map.forEach((key, item) -> seen.put(String.valueOf(key), in(item)));
        yield seen;
      }
      default -> value;
    };
  }

  @Override
  public boolean getObjectTruthValue() {
    return truth;
  }

  @Override
  public <T extends Appendable & CharSequence> T appendPyishString(T printed) throws IOException {
    printed.append(word);
    return printed;
  }

  @Override
  public String toString() {
    return word;
  }
}
