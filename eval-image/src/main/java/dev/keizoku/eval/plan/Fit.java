package dev.keizoku.eval.plan;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.score.DeviceRoom;
import dev.keizoku.eval.score.ModelNeeds;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.eval.score.ScoringMemory;
import dev.keizoku.llm.torch.DataType;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Whether a model finds room: its weights, a pass, and the longest text once.
 *
 * @param model name for the sentence
 * @param needs what is known of it
 * @param placement where it is to run
 * @param batchTokens tokens fed at a time
 */
public record Fit(String model, ModelNeeds needs, Placement placement, int batchTokens) {
  /** Tokens fed at a time that no advice goes below. */
  public static final int LEAST_TOKENS = 128;

  /** Bytes that a device has to have at least. */
  public long bytes() {
    return bytes(placement.type(), batchTokens);
  }

  private long bytes(DataType type, int tokens) {
    boolean host = !placement.devices().getFirst().isGpu();
    return new ScoringMemory(needs.config(), type, host, placement.threads())
        .total(tokens, needs.longest());
  }

  /**
   * Refuses what does not fit, before its weights are read.
   *
   * @param room bytes that a device has
   * @throws RunFault user error {@code TooLittleMemory} that names the setting which would fit
   */
  public void require(long room) {
    if (bytes() <= room) {
      return;
    }
    throw RunFault.userError(
        Reason.TOO_LITTLE_MEMORY,
        String.format(
            Locale.ROOT,
            "%s needs %s GiB to be scored in %s with batchTokens %d, and %s has %s; %s.",
            model,
            gib(bytes()),
            placement.type().name().toLowerCase(Locale.ROOT),
            batchTokens,
            placement.devices().getFirst(),
            gib(room),
            advice(room)));
  }

  private String advice(long room) {
    IntPredicate fits = tokens -> bytes(placement.type(), tokens) <= room;
    var smaller =
        IntStream.iterate(batchTokens / 2, tokens -> tokens >= LEAST_TOKENS, tokens -> tokens / 2)
            .filter(fits)
            .findFirst();
    if (smaller.isPresent()) {
      return "it fits with batchTokens: " + smaller.getAsInt();
    }
    if (placement.type() == DataType.FLOAT32 && bytes(DataType.BFLOAT16, LEAST_TOKENS) <= room) {
      return "it fits with dtype: bfloat16 and batchTokens: " + LEAST_TOKENS;
    }
    return placement.devices().getFirst().isGpu()
        ? "take a device with more memory"
        : "raise podTemplate.resources.limits.memory to %dGi".formatted(DeviceRoom.podGib(bytes()));
  }

  /** Bytes in GiB with two decimals. */
  public static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / (double) (1L << 30));
  }
}
