package dev.keizoku.trainer.plan.memory;

import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.config.ParameterUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that a rank needs at its fullest moment, by part.
 *
 * <p>Model state by Rajbhandari et al. 2020 (ZeRO), section 3.1 and figure 1: with P parameters of
 * e bytes and N ranks, e P parameters, G P gradients and K P optimizer state, of which stage 1
 * divides the optimizer state by N, stage 2 the gradients too and stage 3 the parameters too (CPU
 * ranks, which share memory, divide all three from stage 1 on). K is 12 in bf16 (fp32 weights, m,
 * v) and 8 in fp32 (m, v), where an offloaded optimizer has weights of its own and K is 12 too. G
 * is 4 where the paper has 2: gradients are summed over micro-batches and ranks in fp32. Beside
 * them a rank holds the activations and, at the fullest moment, what one unit (embedding, block,
 * head) needs: gathered parameters of it and of the one that is fetched ahead (CPU ranks read them
 * where they are), its gradients before they are summed, and its working memory.
 *
 * <p>The fullest moment is one of a step, or of the sample texts that are written between steps. A
 * held-out evaluation is none: it is a step's forward pass that keeps less.
 *
 * @param parts on the device, at the moment that needs most; none is 0
 * @param hostBytes of the rank in host memory, where that is not the device's
 */
public record MemoryPlan(List<Part> parts, long hostBytes) {
  private static final long GRADIENT_BYTES = 4;

  /** Freed by a rank's thread, and kept by the C library's allocator for what comes next. */
  static final String KEPT = "kept by the allocator";

  /** The largest block that glibc keeps for what comes next: M_MMAP_THRESHOLD's maximum. */
  private static final long LARGEST_KEPT = 32L << 20;

  /**
   * Bytes of places for each byte of a block's work: a tensor seldom fits the place that another
   * left. Measured by {@code bench/sizes}: 1.75 (71M parameters), 1.9 (0.5B).
   */
  private static final double PLACES = 1.8;

  private static final String GATHERED = "gathered parameters";
  private static final String UNSUMMED = "gradients not yet summed";

  /**
   * One line of the plan.
   *
   * @param name what it is
   * @param bytes above 0
   */
  public record Part(String name, long bytes) {}

  /** Copies the list, so that the plan never changes. */
  public MemoryPlan {
    parts = List.copyOf(parts);
  }

  /** The plan of a model and a setting. */
  public static MemoryPlan of(ModelLayout layout, Setting setting) {
    long parameters = layout.units().stream().mapToLong(ParameterUnit::elements).sum();
    var optimizer = optimizerState(layout, setting, shard(parameters, setting, 1));
    var offloaded = setting.offloadOptimizer() && !setting.cpuRanks();
    var parts = new ArrayList<Part>();
    add(parts, "parameters", shard(parameters, setting, 3) * setting.elementBytes());
    add(parts, "gradients", shard(parameters, setting, 2) * GRADIENT_BYTES);
    add(parts, "optimizer state", offloaded ? 0 : optimizer);
    parts.addAll(larger(training(layout, setting), samples(layout, setting)));
    add(parts, KEPT, setting.cpuRanks() ? kept(layout, setting) : 0);
    return new MemoryPlan(parts, offloaded ? optimizer : 0);
  }

  /** Bytes on the device. */
  public long deviceBytes() {
    return total(parts);
  }

  /** Bytes of a part, 0 when there is none of the name. */
  public long bytes(String part) {
    return parts.stream().filter(p -> p.name.equals(part)).mapToLong(Part::bytes).sum();
  }

  /**
   * Fp32 moments, fp32 weights where the parameters are not the same memory, and with offload the
   * gradients of the unit that is being updated.
   */
  private static long optimizerState(ModelLayout layout, Setting setting, long elements) {
    if (!setting.offloadOptimizer()) {
      return elements * (setting.precision() == Precision.BF16 ? 12 : 8);
    }
    var longest = layout.units().stream().mapToLong(ParameterUnit::elements).max().orElse(0);
    return elements * 12 + shard(longest, setting, 1) * GRADIENT_BYTES;
  }

  /** Elements a rank holds of what {@code stage} and later ones divide. */
  private static long shard(long parameters, Setting setting, int stage) {
    return setting.heldStage() >= stage ? Math.ceilDiv(parameters, setting.devices()) : parameters;
  }

  /** What a step needs beside the model's state. */
  private static List<Part> training(ModelLayout layout, Setting setting) {
    var parts = new ArrayList<Part>();
    add(parts, "saved activations", savedActivations(layout, setting));
    add(parts, "sliding window's mask", activations(layout, setting).windowMask());
    parts.addAll(larger(blockMoment(layout, setting), headMoment(layout, setting)));
    return parts;
  }

  /** What the sample texts need beside it, between two steps. */
  private static List<Part> samples(ModelLayout layout, Setting setting) {
    var memory = SampleMemory.of(layout.config(), setting);
    if (memory.prompts().isEmpty()) {
      return List.of();
    }
    var embedding = layout.units().getFirst().elements();
    var block = layout.units().get(1).elements();
    var layer = new ArrayList<Part>();
    // The unit before stays until the next one is done.
    var before = layout.config().layers() > 1 ? Math.max(embedding, block) : embedding;
    add(layer, GATHERED, gathered(setting, block + before));
    add(layer, "sample prompts in work", memory.layer() + memory.windowMasks());
    var logits = new ArrayList<Part>();
    add(logits, GATHERED, gathered(setting, layout.units().getLast().elements() + embedding));
    add(logits, "sample texts' logits", memory.logits());
    var parts = new ArrayList<Part>();
    add(parts, "samples' keys and values", memory.keysAndValues());
    parts.addAll(larger(layer, logits));
    return parts;
  }

  private static List<Part> larger(List<Part> one, List<Part> other) {
    return total(one) >= total(other) ? one : other;
  }

  private static long savedActivations(ModelLayout layout, Setting setting) {
    var memory = activations(layout, setting);
    var layer = memory.layerInput() + (setting.activationCheckpointing() ? 0 : memory.layerSaved());
    return layer * layout.config().layers();
  }

  private static List<Part> blockMoment(ModelLayout layout, Setting setting) {
    var memory = activations(layout, setting);
    var units = layout.units();
    var block = units.get(1).elements();
    // Going backward, the block before the first is the embedding.
    var ahead = layout.config().layers() > 1 ? block : units.getFirst().elements();
    var parts = new ArrayList<Part>();
    add(parts, GATHERED, gathered(setting, block + ahead));
    var aside = !sumsAreWhole(setting) || setting.precision() == Precision.BF16;
    var bytes = block * setting.elementBytes();
    var half = setting.precision() == Precision.BF16;
    add(parts, UNSUMMED, aside ? half ? bytes : unsummed(setting, bytes) : 0);
    add(
        parts,
        "layer in work",
        memory.layerGradients() + (setting.activationCheckpointing() ? memory.layerSaved() : 0));
    return parts;
  }

  /**
   * The places of a block's work, where its tensors are small enough to be kept: all of them while
   * the head works, whose tensors do not fit there; what is left between them while a block does.
   */
  private static long kept(ModelLayout layout, Setting setting) {
    var block = blockMoment(layout, setting);
    long layerTensor = activations(layout, setting).layerTensor();
    long work =
        block.stream()
            // A block's gradients are one tensor.
            .filter(part -> (part.name.equals(UNSUMMED) ? part.bytes : layerTensor) < LARGEST_KEPT)
            .mapToLong(Part::bytes)
            .sum();
    var inUse = total(block) >= total(headMoment(layout, setting)) ? work : 0;
    return Math.round(work * PLACES) - inUse;
  }

  private static List<Part> headMoment(ModelLayout layout, Setting setting) {
    var memory = activations(layout, setting);
    var units = layout.units();
    var tied = layout.config().tiedEmbeddings() ? units.getFirst().elements() : 0;
    var head = units.getLast().elements() + tied;
    var parts = new ArrayList<Part>();
    add(parts, GATHERED, gathered(setting, head + units.get(1).elements()));
    // Of the outer units they are fp32 whatever the precision is.
    add(parts, UNSUMMED, sumsAreWhole(setting) ? 0 : unsummed(setting, head * GRADIENT_BYTES));
    add(parts, "output layer in work", memory.headRows());
    add(parts, "loss in work", memory.lossWork());
    return parts;
  }

  /**
   * Fp32 gradients of one micro-batch, on an average rank: where ranks share memory the first makes
   * them where their sums are.
   */
  private static long unsummed(Setting setting, long bytes) {
    return setting.cpuRanks() ? bytes * (setting.devices() - 1) / setting.devices() : bytes;
  }

  /** Whether the sums of all gradients lie here whole; then fp32 ones are added in place. */
  private static boolean sumsAreWhole(Setting setting) {
    return setting.heldStage() < 2 || setting.devices() == 1;
  }

  /** Bytes of so many elements of whole units; 0 where they are read where they are. */
  private static long gathered(Setting setting, long elements) {
    var gather = setting.heldStage() >= 3 && setting.devices() > 1 && !setting.cpuRanks();
    return gather ? elements * setting.elementBytes() : 0;
  }

  private static ActivationMemory activations(ModelLayout layout, Setting setting) {
    return new ActivationMemory(
        layout.config(),
        setting.microBatchTokens(),
        setting.elementBytes(),
        setting.sequenceLength(),
        setting.cpuRanks());
  }

  private static void add(List<Part> parts, String name, long bytes) {
    if (bytes > 0) {
      parts.add(new Part(name, bytes));
    }
  }

  private static long total(List<Part> parts) {
    return parts.stream().mapToLong(Part::bytes).sum();
  }
}
