package dev.keizoku.llm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.RunFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
  private static final int NONE = SlidingWindow.UNLIMITED;

  private static SlidingWindow of(String type, Map<String, ?> json) {
    return SlidingWindow.of(
        new ConfigFields(new HashMap<>(json)), ModelFamily.of(type).orElseThrow(), 3);
  }

  private static void assertWindow(SlidingWindow window, int tokens, Boolean... slides) {
    assertThat(window).isEqualTo(new SlidingWindow(tokens, List.of(slides)));
  }

  @Test
  void mistralSlidesEverywhereUnlessItsWindowIsNull() {
    assertWindow(of("mistral", Map.of("sliding_window", 8)), 8, true, true, true);
    assertWindow(of("mistral", Map.of()), 4096, true, true, true);
    var off = new HashMap<String, Object>();
    off.put("sliding_window", null);
    assertWindow(of("mistral", off), NONE, false, false, false);
  }

  @Test
  void qwenSlidesOnlyWhereItIsSwitchedOn() {
    assertWindow(of("qwen2", Map.of("sliding_window", 8)), NONE, false, false, false);
    var on = Map.of("use_sliding_window", true, "sliding_window", 8);
    assertWindow(of("qwen2", on), NONE, false, false, false);
    var some = Map.of("use_sliding_window", true, "sliding_window", 8, "max_window_layers", 1);
    assertWindow(of("qwen3", some), 8, false, true, true);
    var types = List.of("sliding_attention", "full_attention", "full_attention");
    var named = new HashMap<String, Object>(some);
    named.put("layer_types", types);
    assertWindow(of("qwen3", named), 8, true, false, false);
  }

  @Test
  void llamaHasNoWindow() {
    assertWindow(of("llama", Map.of("sliding_window", 8)), NONE, false, false, false);
  }

  @Test
  void whatCannotBeIsSaid() {
    var few = Map.of("use_sliding_window", true, "layer_types", List.of("full_attention"));
    assertThatThrownBy(() -> of("qwen2", few))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("layer_types names 1 layers, num_hidden_layers is 3");
    var odd = Map.of("use_sliding_window", true, "layer_types", List.of("a", "b", "c"));
    assertThatThrownBy(() -> of("qwen2", odd)).hasMessageContaining("layer_types has \"a\"");
    assertThatThrownBy(() -> of("mistral", Map.of("sliding_window", -1)))
        .hasMessageContaining("sliding_window is -1");
  }
}
