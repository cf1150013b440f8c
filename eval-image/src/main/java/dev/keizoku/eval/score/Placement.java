package dev.keizoku.eval.score;

import ai.djl.Device;
import dev.keizoku.llm.torch.DataType;
import java.util.List;

/**
 * Where and how models are run, the same for all models of a run.
 *
 * @param devices each of which has a whole copy of the model, of one kind
 * @param type of their parameters in memory
 * @param threads that use a copy at once
 * @param addBosToken whether texts begin with BOS; null: what each model's tokenizer does itself
 */
public record Placement(List<Device> devices, DataType type, int threads, Boolean addBosToken) {

  /** An accelerator is fed by one thread; on a CPU each core that the pod may use has its own. */
  public static Placement on(List<Device> devices, DataType type, Boolean addBosToken) {
    int threads = devices.getFirst().isGpu() ? 1 : Runtime.getRuntime().availableProcessors();
    return new Placement(devices, type, threads, addBosToken);
  }
}
