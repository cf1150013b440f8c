package dev.keizoku.contract.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * What a training will need, known before a device is held.
 *
 * @param summary the numbers below in one sentence
 * @param parameters of the model
 * @param device kind of GPU, or the CPU rank's share of the pod; null when not known
 * @param fits whether it has room, there and in host memory; null when its memory is not known
 * @param deviceBytes bytes that a device needs at its fullest moment
 * @param usableBytes bytes that a device has for tensors; null when not known
 * @param memory {@code deviceBytes} by part
 * @param hostBytes bytes of optimizer state in host memory, all devices; null for none
 * @param steps optimizer steps
 * @param tokens tokens trained on, repeated ones counted again
 * @param corpora how often each corpus is seen; null when none was looked at
 * @param tokensPerSecond expected of all devices together; null when not known
 * @param basis where {@code tokensPerSecond} is from
 * @param hours expected; null when not known
 * @param gpuHours hours times devices; null when not known
 * @param storage what is read, written and kept; null in plans of older programs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanResult(
    @JsonPropertyDescription("The plan in one sentence.") String summary,
    @JsonPropertyDescription("Parameters of the model.") long parameters,
    @JsonPropertyDescription(
            "Kind of GPU, or the CPU rank's share of the pod; not set when it is not known.")
        String device,
    @JsonPropertyDescription(
            "Whether the run fits the device's memory, and what is offloaded the pod's; not set "
                + "when the device's is not known.")
        Boolean fits,
    @JsonPropertyDescription("Memory that a device needs at its fullest moment, in bytes.")
        long deviceBytes,
    @JsonPropertyDescription(
            "Memory that a device has for tensors, in bytes; not set when it is not known.")
        Long usableBytes,
    @JsonPropertyDescription("What deviceBytes is made of.") List<MemoryPart> memory,
    @JsonPropertyDescription(
            "Optimizer state in host memory, all devices together, in bytes; not set when it is "
                + "not offloaded.")
        Long hostBytes,
    @JsonPropertyDescription("Optimizer steps.") long steps,
    @JsonPropertyDescription("Tokens trained on, repeated ones counted again.") long tokens,
    @JsonPropertyDescription("How often each corpus is seen.") List<CorpusPasses> corpora,
    @JsonPropertyDescription(
            "Expected tokens a second, all devices together; not set when it is not known.")
        Double tokensPerSecond,
    @JsonPropertyDescription("Where tokensPerSecond is from.") String basis,
    @JsonPropertyDescription("Expected hours of training; not set when it is not known.")
        Double hours,
    @JsonPropertyDescription("Expected hours times GPUs; not set when it is not known or on CPUs.")
        Double gpuHours,
    @JsonPropertyDescription("What the run reads, writes and keeps on disk, and how long it takes.")
        StorageUse storage) {
  /**
   * What a run moves and keeps.
   *
   * @param scratchBytes on the scratch volume at most
   * @param readBytes from the object store before the first step
   * @param writtenBytes to the object store in all
   * @param loadSeconds expected for {@code readBytes}
   * @param checkpointBytes of one checkpoint
   * @param checkpointInMemory whether it is copied to host memory, not to the scratch volume
   * @param checkpointStallSeconds expected for the copy, while the devices wait
   * @param checkpointUploadSeconds expected for its upload, while they go on
   * @param checkpointStallPercent of the time between two checkpoints; null when not known
   * @param basis speeds that the seconds are from
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StorageUse(
      @JsonPropertyDescription(
              "Most that lies on the scratch volume at once, in bytes: the corpora's tokens, and one "
                  + "checkpoint where host memory has no room for it. Requested as "
                  + "ephemeral-storage unless podTemplate has a volume named scratch.")
          long scratchBytes,
      @JsonPropertyDescription(
              "Read from the object store before the first step, in bytes: weights and corpora.")
          long readBytes,
      @JsonPropertyDescription(
              "Written to the object store in all, in bytes: checkpoints, of which "
                  + "checkpoint.keepLast stay, and the model.")
          long writtenBytes,
      @JsonPropertyDescription("Expected seconds of reading before the first step.")
          double loadSeconds,
      @JsonPropertyDescription("Size of one checkpoint in bytes.") long checkpointBytes,
      @JsonPropertyDescription(
              "True where a checkpoint is copied to host memory before its upload, false where to "
                  + "the scratch volume.")
          boolean checkpointInMemory,
      @JsonPropertyDescription(
              "Expected seconds for which the devices wait at each checkpoint, for the copy.")
          double checkpointStallSeconds,
      @JsonPropertyDescription(
              "Expected seconds of a checkpoint's upload, while the devices go on.")
          double checkpointUploadSeconds,
      @JsonPropertyDescription(
              "The same wait in percent of the time between two checkpoints; not set when it is "
                  + "not known.")
          Double checkpointStallPercent,
      @JsonPropertyDescription("The speeds that the seconds were computed with.") String basis) {}

  /**
   * How often a corpus is seen.
   *
   * @param name the corpus
   * @param epochs 1 is once from begin to end
   */
  public record CorpusPasses(
      @JsonPropertyDescription("Name of the corpus.") String name,
      @JsonPropertyDescription("How often it is seen; 1 is once from begin to end.")
          double epochs) {}

  /**
   * A part of a device's memory.
   *
   * @param part what it is for
   * @param bytes how much
   */
  public record MemoryPart(
      @JsonPropertyDescription("What it is for, for instance optimizer state.") String part,
      @JsonPropertyDescription("Size in bytes, at the device's fullest moment.") long bytes) {}
}
