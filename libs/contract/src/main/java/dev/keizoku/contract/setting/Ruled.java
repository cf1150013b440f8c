package dev.keizoku.contract.setting;

import java.util.Map;

/** Settings that have to fit each other. */
public interface Ruled {

  /**
   * Whether each rule holds, by the sentence that the resources' definitions carry for it too.
   * Asked only when every setting by itself is possible.
   */
  Map<String, Boolean> rules();
}
