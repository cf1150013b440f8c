package dev.keizoku.llm.model;

/**
 * The rotary embedding of a model: one angular frequency for each pair of channels.
 *
 * @param inverseFrequencies radians a position, headSize / 2 values
 * @param amplitude factor on sine and cosine; 1 but for YaRN
 */
public record RopeConfig(double[] inverseFrequencies, double amplitude) {

  static RopeConfig of(ConfigFields fields, int headSize) {
    var scaling = fields.nested("rope_scaling");
    // transformers 5 moved theta into rope_parameters.
    var parameters = fields.nested("rope_parameters");
    var theta =
        parameters != null && parameters.has("rope_theta")
            ? parameters.number("rope_theta", 10000)
            : fields.number("rope_theta", 10000);
    var frequencies = new double[headSize / 2];
    for (var i = 0; i < frequencies.length; i++) {
      frequencies[i] = Math.pow(theta, -2.0 * i / headSize);
    }
    var variant = scaling != null ? scaling : parameters;
    if (variant != null) {
      scale(frequencies, variant, fields);
    }
    return new RopeConfig(frequencies, 1);
  }

  private static void scale(double[] frequencies, ConfigFields variant, ConfigFields fields) {
    var type = variant.text("rope_type", variant.text("type", "default"));
    switch (type) {
      case "default" -> {}
      case "linear" -> {
        for (var i = 0; i < frequencies.length; i++) {
          frequencies[i] /= variant.number("factor", 1);
        }
      }
      case "llama3" -> scaleLlama3(frequencies, variant);
      default ->
          throw fields.fault(
              "rope_scaling of type \"%s\" is not supported; supported are default, linear, llama3"
                  .formatted(type));
    }
  }

  // Source: transformers modeling_rope_utils.py, _compute_llama3_parameters.
  private static void scaleLlama3(double[] frequencies, ConfigFields variant) {
    var factor = variant.number("factor", 8);
    var low = variant.number("low_freq_factor", 1);
    var high = variant.number("high_freq_factor", 4);
    var original = variant.number("original_max_position_embeddings", 8192);
    for (var i = 0; i < frequencies.length; i++) {
      var wavelength = 2 * Math.PI / frequencies[i];
      if (wavelength > original / low) {
        frequencies[i] /= factor;
      } else if (wavelength >= original / high) {
        var smooth = (original / wavelength - low) / (high - low);
        frequencies[i] = (1 - smooth) * frequencies[i] / factor + smooth * frequencies[i];
      }
    }
  }
}
