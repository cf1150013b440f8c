package dev.keizoku.trainer.parallel.collective;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.parallel.shard.ShardLayout;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both implementations do the same, and sum in the order of the ranks. */
class CollectivesTest {
  static final int RANKS = 3;
  static final ShardLayout LAYOUT =
      new ShardLayout(
          ModelLayout.of(
                  ModelConfig.of(
                      Map.of(
                          "model_type", "llama",
                          "vocab_size", 40,
                          "hidden_size", 16,
                          "intermediate_size", 24,
                          "num_hidden_layers", 1,
                          "num_attention_heads", 4)))
              .units(),
          RANKS);

  /** Two that cancel and one that is lost beside them: the sum tells in which order it was made. */
  private static final float[] TERMS = {1e8f, 1, -1e8f};

  private static final float IN_ORDER = 0;

  private static <T> List<T> onAll(boolean shared, BiFunction<Collectives, DeviceMemory, T> task) {
    try (var threads = new RankThreads(RANKS);
        var buffers = new SharedMemory.Buffers()) {
      return threads.all(
          rank -> {
            try (var memory = new DeviceMemory(Device.cpu())) {
              var collectives =
                  shared
                      ? new SharedMemory(threads, rank, LAYOUT, memory, buffers)
                      : new CopiedMemory(threads, rank, LAYOUT, memory);
              var result = task.apply(collectives, memory);
              collectives.barrier();
              return result;
            }
          });
    }
  }

  private static Tensor filled(DeviceMemory memory, long length, double value) {
    var tensor = memory.zeros(DataType.FLOAT32, length);
    AtenCalls.addInPlace(tensor, value);
    return tensor;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void slicesAreGatheredInTheOrderOfTheRanks(boolean shared) {
    var gathered =
        onAll(
            shared,
            (ranks, memory) -> {
              var slices = ranks.slices(DataType.FLOAT32);
              AtenCalls.addInPlace(slices.own(1), 10 + ranks.rank());
              var whole = memory.empty(DataType.FLOAT32, LAYOUT.paddedLength(1));
              slices.changed();
              ranks.barrier();
              slices.fetch(whole, 1).await();
              assertThat(slices.whole(1).isPresent()).isEqualTo(shared);
              slices
                  .whole(1)
                  .ifPresent(
                      seen -> assertThat(HostCopy.floats(seen)).isEqualTo(HostCopy.floats(whole)));
              return HostCopy.floats(whole);
            });
    for (var whole : gathered) {
      for (var rank = 0; rank < RANKS; rank++) {
        assertThat(whole[(int) LAYOUT.sliceStart(1, rank)]).isEqualTo(10 + rank);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sumsAreMadeInTheOrderOfTheRanksAndBeginAnew(boolean shared) {
    var sums =
        onAll(
            shared,
            (ranks, memory) -> {
              var slices = ranks.slices(DataType.FLOAT32);
              for (var step = 0; step < 2; step++) {
                slices.clear();
                slices.add(2, filled(memory, LAYOUT.paddedLength(2), TERMS[ranks.rank()]));
                ranks.barrier();
              }
              return HostCopy.floats(slices.own(2));
            });
    for (var sum : sums) {
      assertThat(sum).containsOnly(IN_ORDER);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wholeBuffersAreSummedBySlicesAndGathered(boolean shared) {
    var results =
        onAll(
            shared,
            (ranks, memory) -> {
              var wholes = wholes(memory, TERMS[ranks.rank()]);
              ranks.reduceScatter(wholes);
              ranks.allGather(wholes);
              return HostCopy.floats(wholes.getFirst());
            });
    for (var whole : results) {
      assertThat(whole).containsOnly(IN_ORDER);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneSendsToAll(boolean shared) {
    var results =
        onAll(
            shared,
            (ranks, memory) -> {
              var wholes = wholes(memory, ranks.rank());
              ranks.broadcast(wholes, 1);
              return HostCopy.floats(wholes.getLast());
            });
    for (var whole : results) {
      assertThat(whole).containsOnly(1);
    }
  }

  private static List<Tensor> wholes(DeviceMemory memory, double value) {
    return IntStream.range(0, LAYOUT.units().size())
        .mapToObj(unit -> filled(memory, LAYOUT.paddedLength(unit), value))
        .toList();
  }
}
