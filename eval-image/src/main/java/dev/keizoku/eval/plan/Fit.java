package dev.keizoku.eval.plan;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.score.DeviceRoom;
import dev.keizoku.eval.score.ModelNeeds;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.llm.torch.DataType;
import java.util.Locale;
import java.util.OptionalInt;
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

  /** Most devices of a run, as in {@code devices}. */
  private static final int MOST_DEVICES = 64;

  /** Bytes that a device has to have at least, of so many that have the model's layers together. */
  public long bytes(int devices) {
    return bytes(placement.type(), batchTokens, devices);
  }

  private long bytes(DataType type, int tokens, int devices) {
    return placement.in(type).over(devices).memory(needs.config()).stream()
        .mapToLong(device -> device.total(tokens, needs.longest()))
        .max()
        .orElseThrow();
  }

  /**
   * Over how many devices a copy of the model goes: as few as have room for it; all where they have
   * none.
   *
   * @param room bytes that a device has; null when that is not known, which means one
   */
  public int devices(Long room) {
    return room == null ? 1 : fewest(placement.type(), batchTokens, room).orElse(most());
  }

  /** Devices that are here and are some use: all but one have a layer at least. */
  private int most() {
    return Math.min(placement.devices().size(), needs.config().layers() + 1);
  }

  private OptionalInt fewest(DataType type, int tokens, long room) {
    return IntStream.rangeClosed(1, most())
        .filter(devices -> bytes(type, tokens, devices) <= room)
        .findFirst();
  }

  /** Whether there is room. */
  boolean in(long room) {
    return bytes(devices(room)) <= room;
  }

  /**
   * Refuses what does not fit, before its weights are read.
   *
   * @param room bytes that a device has
   * @throws RunFault user error {@code TooLittleMemory} that names the setting which would fit
   */
  public void require(long room) {
    if (in(room)) {
      return;
    }
    int most = most();
    throw RunFault.userError(
        Reason.TOO_LITTLE_MEMORY,
        String.format(
            Locale.ROOT,
            "%s needs %s GiB%s to be scored in %s with batchTokens %d, and %s has %s; %s.",
            model,
            gib(bytes(most)),
            most == 1 ? "" : " of each of %d devices that share its layers".formatted(most),
            placement.type().name().toLowerCase(Locale.ROOT),
            batchTokens,
            placement.devices().getFirst(),
            gib(room),
            advice(room)));
  }

  private String advice(long room) {
    var smaller =
        IntStream.iterate(batchTokens / 2, tokens -> tokens >= LEAST_TOKENS, tokens -> tokens / 2)
            .filter(tokens -> fewest(placement.type(), tokens, room).isPresent())
            .findFirst();
    if (smaller.isPresent()) {
      return "it fits with batchTokens: " + smaller.getAsInt();
    }
    if (placement.type() == DataType.FLOAT32
        && fewest(DataType.BFLOAT16, LEAST_TOKENS, room).isPresent()) {
      return "it fits with dtype: bfloat16 and batchTokens: " + LEAST_TOKENS;
    }
    return placement.host()
        ? "raise podTemplate.resources.limits.memory to %dGi".formatted(DeviceRoom.podGib(bytes(1)))
        : moreDevices(room);
  }

  private String moreDevices(long room) {
    var enough =
        IntStream.rangeClosed(1, Math.min(MOST_DEVICES, needs.config().layers() + 1))
            .filter(devices -> bytes(devices) <= room)
            .findFirst();
    return enough.isPresent()
        ? "it fits on %d such devices, or take some with more memory".formatted(enough.getAsInt())
        : "take devices with more memory";
  }

  /** Bytes in GiB with two decimals. */
  public static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / (double) (1L << 30));
  }
}
