package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.keizoku.contract.run.StorageSpec;
import java.util.List;
import java.util.Map;

/**
 * What the trainer program is told. Exactly one of {@code baseModel} and {@code initialize} is set.
 *
 * @param runUid identity of this run (the same over all attempts), echoed in progress and report
 * @param name name of the run, {@code namespace/name} in a cluster
 * @param storage the object store
 * @param output URI under which {@code checkpoints/} and {@code model/} are written
 * @param baseModel the model to continue from
 * @param initialize start from random weights instead
 * @param data what is trained on, at least one
 * @param evaluation further held-out sets whose perplexity is reported (the held-out splits of
 *     {@code data} always are)
 * @param sequenceLength packed sequence length in tokens, 8 to the model's positions
 * @param training batch, length and schedule
 * @param optimizer AdamW's constants
 * @param parallelism devices and sharding
 * @param checkpoint when checkpoints are written and how many are kept
 * @param seed of initialization and data order
 * @param guards what stops or turns a run that goes wrong; null means the defaults of {@link
 *     LossSpike}, and nothing watched for forgetting
 * @param packing how documents share a sequence; null means that none sees another
 * @param samplePrompts beginnings that the model continues at the start and at each evaluation;
 *     null means none
 * @param export which step's model is written; null means the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainRun(
    String runUid,
    String name,
    StorageSpec storage,
    String output,
    Model baseModel,
    Initialize initialize,
    List<Data> data,
    List<Data> evaluation,
    int sequenceLength,
    Training training,
    Optimizer optimizer,
    Parallelism parallelism,
    Checkpoint checkpoint,
    long seed,
    Guards guards,
    Packing packing,
    SamplePrompts samplePrompts,
    Export export) {

  /** The same run with its ranks on devices of that type. */
  public TrainRun on(DeviceType type) {
    var settled =
        new Parallelism(
            parallelism.devices,
            type,
            parallelism.zeroStage,
            parallelism.offloadOptimizer,
            parallelism.activationCheckpointing,
            parallelism.precision);
    return new TrainRun(
        runUid,
        name,
        storage,
        output,
        baseModel,
        initialize,
        data,
        evaluation,
        sequenceLength,
        training,
        optimizer,
        settled,
        checkpoint,
        seed,
        guards,
        packing,
        samplePrompts,
        export);
  }

  /**
   * A model in Hugging Face layout.
   *
   * @param uri folder with {@code config.json}, {@code tokenizer.json} and {@code *.safetensors}:
   *     {@code s3://}, {@code file://} or {@code hf://owner/name@revision}
   * @param sha256 digest of its {@code manifest.json} when it is one of ours, else null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Model(String uri, String sha256) {}

  /**
   * A start from nothing.
   *
   * @param config Hugging Face {@code config.json} as a map ({@code model_type}, {@code
   *     hidden_size}, ...)
   * @param tokenizer URI of a folder that holds {@code tokenizer.json}
   */
  public record Initialize(Map<String, Object> config, String tokenizer) {}

  /**
   * A corpus version.
   *
   * @param name how it is called in reports, unique in its list
   * @param uri URI of the version's {@code manifest.json}
   * @param sha256 digest of that manifest; null is not checked
   * @param weight relative sampling weight, above 0; null means 1
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Data(String name, String uri, String sha256, Double weight) {}

  /** Form of the learning-rate schedule. */
  public enum Schedule {
    @JsonProperty("linear")
    LINEAR,
    @JsonProperty("cosine")
    COSINE,
    @JsonProperty("wsd")
    WSD,
    @JsonProperty("constant")
    CONSTANT
  }

  /** Which step's model is exported. */
  public enum Export {
    /** That of the last step. */
    @JsonProperty("last")
    LAST,
    /**
     * That of the checkpoint with the lowest held-out perplexity, as {@link Checkpoint#keepBest}
     * counts it; needs {@code training.evaluationSteps} and a {@code keepBest} of 1 or more.
     */
    @JsonProperty("best")
    BEST
  }

  /** Number format of parameters and activations; master weights and moments are always fp32. */
  public enum Precision {
    @JsonProperty("fp32")
    FP32,
    @JsonProperty("bf16")
    BF16
  }

  /**
   * Batch, length and schedule.
   *
   * @param epochs passes over the data, above 0; null when {@code maxSteps} is set
   * @param maxSteps optimizer steps; with {@code epochs} too, whichever ends first
   * @param globalBatchSize sequences a step over all devices; a multiple of microBatchSize x
   *     devices
   * @param microBatchSize sequences a device handles at once
   * @param learningRate peak learning rate
   * @param minLearningRate the floor that the schedule ends at
   * @param warmupSteps steps of linear warm-up from 0
   * @param schedule null means linear
   * @param evaluationSteps steps between two measurements of held-out perplexity; null means start
   *     and end only
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Training(
      Double epochs,
      Integer maxSteps,
      int globalBatchSize,
      int microBatchSize,
      double learningRate,
      double minLearningRate,
      int warmupSteps,
      Schedule schedule,
      Integer evaluationSteps) {}

  /**
   * AdamW with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2); norms and biases
   * are not decayed.
   *
   * @param beta1 0 to 1
   * @param beta2 0 to 1
   * @param epsilon above 0
   * @param weightDecay 0 or more
   * @param maxGradNorm global norm at which gradients are clipped; 0 switches clipping off
   */
  public record Optimizer(
      double beta1, double beta2, double epsilon, double weightDecay, double maxGradNorm) {}

  /** What a rank runs on. */
  public enum DeviceType {
    /** GPUs where there are any, else CPU ranks. */
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("gpu")
    GPU,
    @JsonProperty("cpu")
    CPU
  }

  /**
   * Devices and sharding, in DeepSpeed's words.
   *
   * @param devices number of ranks, 1 or more
   * @param deviceType null means auto
   * @param zeroStage 0 to 3
   * @param offloadOptimizer keep the optimizer state in host memory
   * @param activationCheckpointing keep only each layer's input and compute the rest again
   * @param precision null means fp32
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Parallelism(
      int devices,
      DeviceType deviceType,
      int zeroStage,
      boolean offloadOptimizer,
      boolean activationCheckpointing,
      Precision precision) {}

  /**
   * When checkpoints are written.
   *
   * @param steps optimizer steps between two, 1 or more
   * @param keepLast how many of the newest are kept, 1 or more
   * @param keepBest how many are kept besides for their perplexity, the lowest of the first
   *     held-out set (that of the first corpus of {@code data}); with 1 or more, a checkpoint is
   *     also written after an evaluation that is the best so far; 0 or more, null means 0
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Checkpoint(int steps, int keepLast, Integer keepBest) {}

  /**
   * What stops or turns a run that goes wrong. Numbers that are not finite never reach the
   * optimizer, whatever is set here.
   *
   * @param lossSpike null means its defaults
   * @param forgetting null means that nothing is watched
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Guards(LossSpike lossSpike, Forgetting forgetting) {}

  /**
   * A loss far above the last ones: the run goes back to the checkpoint before it and leaves the
   * step's documents out.
   *
   * @param window how many of the last losses it is compared with, 3 or more
   * @param threshold robust z-score from which on it is a spike, above 0
   * @param maxRollbacks how often the run goes back before it is given up as {@code Diverged}, 0 or
   *     more; steps that are not finite count too
   */
  public record LossSpike(int window, double threshold, int maxRollbacks) {
    /** A loss 8 robust deviations above the last 128; three rollbacks. */
    public static final LossSpike DEFAULT = new LossSpike(128, 8, 3);
  }

  /** What happens when a model forgets. */
  public enum OnForgetting {
    /** The run ends as {@code Forgetting}. */
    @JsonProperty("Stop")
    STOP,
    /** The learning rate is lowered from here on; the run ends when that was done too often. */
    @JsonProperty("LowerLearningRate")
    LOWER_LEARNING_RATE
  }

  /**
   * Watches the perplexity of one held-out set, usually of general text, at each evaluation.
   *
   * @param heldOut name of the set: a corpus of {@code data} or {@code evaluation}
   * @param maxIncrease tolerated rise over the perplexity at step 0, as a ratio: 0.1 is 10 percent
   * @param action what happens beyond it
   * @param learningRateFactor what the learning rate is multiplied with, above 0 and below 1; null
   *     means 0.5
   * @param maxLowerings how often it is lowered before the run ends, 0 or more; null means 3
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Forgetting(
      String heldOut,
      double maxIncrease,
      OnForgetting action,
      Double learningRateFactor,
      Integer maxLowerings) {}

  /**
   * How documents share a packed sequence.
   *
   * @param crossDocuments false: attention stays inside a document, positions begin anew with each,
   *     and no document's end predicts the next one's begin. True: a sequence is one stretch of
   *     text, as tools that cut a concatenated corpus train it. Held-out perplexity is always
   *     measured the first way
   */
  public record Packing(boolean crossDocuments) {}

  /**
   * Greedy continuations, kept side by side in {@code samples.jsonl} and {@code report.html}.
   *
   * @param prompts up to twenty; null or empty means the ten that the trainer carries
   * @param maxNewTokens 0 to 1,024, 0 switches them off; at most half of the model's positions are
   *     written
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SamplePrompts(List<String> prompts, int maxNewTokens) {}
}
