package dev.keizoku.llm.weights;

import dev.keizoku.llm.model.ModelConfig;

/**
 * How a family's files name the tensors. Those supported now name them alike; what differs is which
 * tensors in a file are no parameters.
 */
final class HfWeightNames {
  private HfWeightNames() {}

  /** True for a tensor that files may hold although the model has no such parameter. */
  static boolean ignorable(String name, ModelConfig config) {
    // Older exports kept the rotary frequencies; tied models sometimes store the output twice.
    return name.endsWith("rotary_emb.inv_freq")
        || (config.tiedEmbeddings() && name.equals("lm_head.weight"));
  }
}
