package dev.keizoku.llm.config;

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
            ? parameters.aboveZero("rope_theta", 10000)
            : fields.aboveZero("rope_theta", 10000);
    var frequencies = new double[headSize / 2];
    for (var i = 0; i < frequencies.length; i++) {
      frequencies[i] = Math.pow(theta, -2.0 * i / headSize);
    }
    var variant = scaling != null ? scaling : parameters;
    return variant == null
        ? new RopeConfig(frequencies, 1)
        : scale(frequencies, theta, variant, fields);
  }

  private static RopeConfig scale(
      double[] frequencies, double theta, ConfigFields variant, ConfigFields fields) {
    var type = variant.text("rope_type", variant.text("type", "default"));
    switch (type) {
      // Dynamic NTK changes nothing up to max_position_embeddings, which no sequence exceeds here.
      case "default", "dynamic" -> {}
      case "linear" -> {
        for (var i = 0; i < frequencies.length; i++) {
          frequencies[i] /= variant.aboveZero("factor", 1);
        }
      }
      case "llama3" -> scaleLlama3(frequencies, variant);
      case "yarn" -> {
        return yarn(frequencies, theta, variant, fields);
      }
      default ->
          throw fields.fault(
              "rope_scaling of type \"%s\" is not supported; supported are default, linear, dynamic, llama3, yarn"
                  .formatted(type));
    }
    return new RopeConfig(frequencies, 1);
  }

  // Source: Peng et al. 2023, "YaRN", section 3; transformers modeling_rope_utils.py,
  // _compute_yarn_parameters.
  private static RopeConfig yarn(
      double[] frequencies, double theta, ConfigFields variant, ConfigFields fields) {
    var factor = variant.aboveZero("factor", 1);
    var original =
        variant.aboveZero(
            "original_max_position_embeddings", fields.number("max_position_embeddings", 2048));
    var truncate = variant.flag("truncate", true);
    var low = yarnDimension(variant.number("beta_fast", 32), original, theta, frequencies.length);
    var high = yarnDimension(variant.number("beta_slow", 1), original, theta, frequencies.length);
    low = Math.max(truncate ? Math.floor(low) : low, 0);
    high = Math.min(truncate ? Math.ceil(high) : high, 2 * frequencies.length - 1);
    high = high == low ? high + 0.001 : high;
    for (var i = 0; i < frequencies.length; i++) {
      var interpolated = Math.clamp((i - low) / (high - low), 0, 1);
      frequencies[i] *= interpolated / factor + 1 - interpolated;
    }
    return new RopeConfig(frequencies, yarnAmplitude(variant, factor));
  }

  // The pair of channels that turns so many times within the original length.
  private static double yarnDimension(double turns, double original, double theta, int pairs) {
    return pairs * Math.log(original / (turns * 2 * Math.PI)) / Math.log(theta);
  }

  private static double yarnAmplitude(ConfigFields variant, double factor) {
    var scale = variant.number("mscale", 0);
    var scaleAll = variant.number("mscale_all_dim", 0);
    var inferred =
        scale != 0 && scaleAll != 0
            ? yarnScale(factor, scale) / yarnScale(factor, scaleAll)
            : yarnScale(factor, 1);
    return variant.number("attention_factor", inferred);
  }

  private static double yarnScale(double factor, double scale) {
    return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
  }

  // Source: transformers modeling_rope_utils.py, _compute_llama3_parameters.
  private static void scaleLlama3(double[] frequencies, ConfigFields variant) {
    var factor = variant.aboveZero("factor", 8);
    var low = variant.number("low_freq_factor", 1);
    var high = variant.number("high_freq_factor", 4);
    var original = variant.aboveZero("original_max_position_embeddings", 8192);
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
