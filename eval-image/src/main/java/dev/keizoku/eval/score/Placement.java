package dev.keizoku.eval.score;

import ai.djl.Device;
import dev.keizoku.llm.torch.DataType;

/**
 * Where and how models are run, the same for all models of a run.
 *
 * @param device runs them
 * @param type of their parameters in memory
 * @param threads that use a model at once
 * @param addBosToken whether texts begin with BOS; null: what each model's tokenizer does itself
 */
public record Placement(Device device, DataType type, int threads, Boolean addBosToken) {

  /** An accelerator is fed by one thread; on a CPU each core has its own. */
  public static Placement on(Device device, DataType type, Boolean addBosToken) {
    int threads = device.isGpu() ? 1 : Runtime.getRuntime().availableProcessors();
    return new Placement(device, type, threads, addBosToken);
  }
}
