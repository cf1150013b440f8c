package dev.keizoku.trainer.parallel.collective;

import ai.djl.Device;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.parallel.shard.ShardLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Ranks that all compute in host memory: their slices lie side by side in buffers that all see
 * whole, each counting its own. To them gathering is a pointer, and nothing is copied between them.
 */
public final class SharedMemory extends Member {
  private final Buffers buffers;
  private int made;

  /**
   * The buffers of all ranks; whoever needs them first makes them.
   *
   * @see SharedMemory
   */
  public static final class Buffers implements AutoCloseable {
    private final DeviceMemory memory = new DeviceMemory(Device.cpu());
    private final List<List<Tensor>> sets = new ArrayList<>();

    private synchronized List<Tensor> set(int index, DataType type, ShardLayout layout) {
      if (index == sets.size()) {
        sets.add(
            IntStream.range(0, layout.units().size())
                .mapToObj(unit -> memory.zeros(type, layout.paddedLength(unit)))
                .toList());
      }
      return sets.get(index);
    }

    @Override
    public synchronized void close() {
      memory.close();
    }
  }

  /**
   * @param number of this rank
   * @param memory of the rank
   * @param buffers the same for all ranks
   */
  public SharedMemory(
      RankThreads threads, int number, ShardLayout layout, DeviceMemory memory, Buffers buffers) {
    super(threads, number, layout, memory);
    this.buffers = buffers;
  }

  @Override
  public boolean inOneMemory() {
    return true;
  }

  @Override
  public void close() {}

  @Override
  public Slices slices(DataType type) {
    var layout = layout();
    var shared = buffers.set(made, type, layout);
    var memory = memory();
    var wholes = shared.stream().map(memory::alias).toList();
    var own =
        IntStream.range(0, units())
            .mapToObj(
                unit ->
                    memory.share(
                        shared.get(unit),
                        layout.sliceStart(unit, rank()),
                        layout.sliceLength(unit)))
            .toList();
    return new Shared(this, made++ * units(), own, wholes, new BitSet());
  }

  /**
   * Slices of shared buffers.
   *
   * @param place of the first unit's sums
   * @param begun units that have a sum already
   */
  private record Shared(
      Member member, int place, List<Tensor> slices, List<Tensor> wholes, BitSet begun)
      implements Slices {

    @Override
    public Tensor own(int unit) {
      return slices.get(unit);
    }

    @Override
    public Optional<Tensor> whole(int unit) {
      return Optional.of(wholes.get(unit));
    }

    // Nobody who sees them whole needs a copy; who wants one has it at once.
    @Override
    public Fetch fetch(Tensor whole, int unit) {
      PeerCopies.copy(whole, wholes.get(unit), 0);
      return Fetch.DONE;
    }

    @Override
    public void changed() {}

    // What was there is overwritten by the first.
    @Override
    public void clear() {
      begun.clear();
    }

    // Ranks add in their order, so until the first has nobody looks at the sum.
    @Override
    public Optional<Tensor> firstOf(int unit) {
      return isFirst(unit) ? Optional.of(wholes.get(unit)) : Optional.empty();
    }

    private boolean isFirst(int unit) {
      return member.rank() == 0 && !begun.get(unit);
    }

    // Only ranks before this one are waited for, so ranks may be layers apart.
    @Override
    public void add(int unit, Tensor whole) {
      member.meeting().inTurn(member.rank(), place + unit, () -> addNow(unit, whole));
    }

    private void addNow(int unit, Tensor whole) {
      var sum = wholes.get(unit);
      if (!isFirst(unit)) {
        PeerCopies.add(sum, whole, 0);
      } else if (whole != sum) {
        PeerCopies.copy(sum, whole, 0);
      }
      begun.set(unit);
    }
  }
}
