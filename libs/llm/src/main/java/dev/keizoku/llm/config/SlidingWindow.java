package dev.keizoku.llm.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How far back the blocks of a model see: a token sees itself and the {@code tokens - 1} before it
 * in blocks that slide, everything before it in the others.
 *
 * <p>Source: transformers {@code configuration_mistral.py}, {@code configuration_qwen2.py}, {@code
 * configuration_qwen3.py}, {@code masking_utils.py} ({@code sliding_window_overlay}).
 *
 * @param tokens length of the window, 1 or more; {@link #UNLIMITED} where no block slides
 * @param slides for each block, whether it slides
 */
public record SlidingWindow(int tokens, List<Boolean> slides) {
  /** Further back than any sequence is long. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  // What transformers takes for a configuration that does not say it.
  private static final int USUAL_TOKENS = 4096;
  private static final int USUAL_FULL_LAYERS = 28;

  static SlidingWindow of(ConfigFields fields, ModelFamily family, int layers) {
    // Qwen's configurations carry a window that is switched off.
    var on =
        switch (family.window()) {
          case NONE -> false;
          case SWITCHED -> fields.flag("use_sliding_window", false);
          case ALWAYS -> true;
        };
    if (!on || fields.isNull("sliding_window")) {
      return new SlidingWindow(UNLIMITED, Collections.nCopies(layers, false));
    }
    var slides =
        family.window() == ModelFamily.Window.ALWAYS
            ? Collections.nCopies(layers, true)
            : slides(fields, layers);
    var tokens = fields.positive("sliding_window", USUAL_TOKENS);
    return new SlidingWindow(slides.contains(true) ? tokens : UNLIMITED, slides);
  }

  private static List<Boolean> slides(ConfigFields fields, int layers) {
    var types = fields.texts("layer_types");
    if (!types.isEmpty() && types.size() != layers) {
      throw fields.fault(
          "layer_types names %d layers, num_hidden_layers is %d".formatted(types.size(), layers));
    }
    var full = fields.number("max_window_layers", USUAL_FULL_LAYERS);
    var slides = new ArrayList<Boolean>();
    for (var layer = 0; layer < layers; layer++) {
      slides.add(types.isEmpty() ? layer >= full : slides(fields, types.get(layer)));
    }
    return List.copyOf(slides);
  }

  private static boolean slides(ConfigFields fields, String layerType) {
    return switch (layerType) {
      case "full_attention" -> false;
      case "sliding_attention" -> true;
      default ->
          throw fields.fault(
              "layer_types has \"%s\"; supported are full_attention, sliding_attention"
                  .formatted(layerType));
    };
  }
}
