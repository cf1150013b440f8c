package dev.keizoku.trainer.parallel.collective;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.stream.CopyStream;
import dev.keizoku.trainer.parallel.shard.ShardLayout;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whoever breaks the order of copies on streams is found out by copies that come late. */
class CopyOrderTest {
  private static final int RANKS = CollectivesTest.RANKS;
  private static final ShardLayout LAYOUT = CollectivesTest.LAYOUT;

  /** A stream on which nobody waits for anything. */
  private record Careless(CopyStream stream) implements CopyStream {
    @Override
    public Event computed() {
      return stream.computed();
    }

    @Override
    public Event copy(Tensor target, Shown source) {
      return stream.copy(target, source);
    }

    @Override
    public void await(Event event) {}

    @Override
    public void join(Event event) {}

    @Override
    public void close() {
      stream.close();
    }
  }

  private static <T> List<T> onAll(
      UnaryOperator<CopyStream> streams, BiFunction<Collectives, DeviceMemory, T> task) {
    try (var threads = new RankThreads(RANKS)) {
      return threads.all(
          rank -> {
            try (var memory = new DeviceMemory(Device.cpu());
                var ranks =
                    new CopiedMemory(
                        threads, rank, LAYOUT, memory, streams.apply(CopyStream.late(memory)))) {
              var result = task.apply(ranks, memory);
              ranks.barrier();
              return result;
            }
          });
    }
  }

  private static Slices numbered(Collectives ranks) {
    var slices = ranks.slices(DataType.FLOAT32);
    AtenCalls.addInPlace(slices.own(1), 10 + ranks.rank());
    slices.changed();
    ranks.barrier();
    return slices;
  }

  private static float first(Tensor whole, int rank) {
    return HostCopy.floats(whole)[(int) LAYOUT.sliceStart(1, rank)];
  }

  @Test
  void whatIsReadTooEarlyIsNoNumber() {
    onAll(
        stream -> stream,
        (ranks, memory) -> {
          var slices = numbered(ranks);
          var whole = memory.zeros(DataType.FLOAT32, LAYOUT.paddedLength(1));
          var fetch = slices.fetch(whole, 1);
          assertThat(HostCopy.floats(whole)).containsOnly(Float.NaN);
          fetch.await();
          for (var rank = 0; rank < RANKS; rank++) {
            assertThat(first(whole, rank)).isEqualTo(10 + rank);
          }
          return whole;
        });
  }

  @Test
  void aSliceThatIsChangedBeforeOthersHaveItIsSeen() {
    var seen =
        onAll(
            stream -> stream,
            (ranks, memory) -> {
              var slices = numbered(ranks);
              var whole = memory.zeros(DataType.FLOAT32, LAYOUT.paddedLength(1));
              var fetch = slices.fetch(whole, 1);
              ranks.barrier();
              if (ranks.rank() == 2) {
                AtenCalls.addInPlace(slices.own(1), 100);
              }
              ranks.barrier();
              fetch.await();
              return first(whole, 2);
            });
    assertThat(seen).containsOnly(112f);
  }

  @Test
  void sumsOfARankThatWaitsForNothingAreNoNumbers() {
    for (var careless : new boolean[] {false, true}) {
      UnaryOperator<CopyStream> streams = careless ? Careless::new : stream -> stream;
      var sums =
          onAll(
              streams,
              (ranks, memory) -> {
                var slices = ranks.slices(DataType.FLOAT32);
                var whole = memory.zeros(DataType.FLOAT32, LAYOUT.paddedLength(2));
                AtenCalls.addInPlace(whole, 1 + ranks.rank());
                slices.add(2, whole);
                return HostCopy.floats(slices.own(2))[0];
              });
      assertThat(sums).containsOnly(careless ? Float.NaN : 6f);
    }
  }
}
