package dev.keizoku.trainer.parallel.collective;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.parallel.shard.ShardLayout;
import java.util.List;

/**
 * One rank among the others, and what all kinds of ranks do alike: they read each other's whole
 * buffers between two barriers.
 */
abstract sealed class Member implements Collectives permits CopiedMemory, SharedMemory {
  private final Meeting meeting;
  private final int rank;
  private final ShardLayout layout;
  private final DeviceMemory memory;

  /**
   * @param number of this rank
   * @param layout slices of the units
   * @param memory of the rank's device
   */
  Member(RankThreads threads, int number, ShardLayout layout, DeviceMemory memory) {
    this.meeting = threads.meeting();
    this.rank = number;
    this.layout = layout;
    this.memory = memory;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return meeting.size();
  }

  @Override
  public void barrier() {
    meeting.await();
  }

  Meeting meeting() {
    return meeting;
  }

  ShardLayout layout() {
    return layout;
  }

  DeviceMemory memory() {
    return memory;
  }

  int units() {
    return layout.units().size();
  }

  /** This rank's part of a unit's buffer. */
  Tensor slice(Tensor whole, int unit, int rank) {
    return whole.narrow(0, layout.sliceStart(unit, rank), layout.sliceLength(unit));
  }

  /**
   * The other ranks, beginning with the next one: when all copy at once, no two read from the same.
   */
  int peer(int distance) {
    return (rank + distance) % size();
  }

  @Override
  public void reduceScatter(List<Tensor> wholes) {
    var shown = meeting.show(rank, wholes);
    for (var unit = 0; unit < units(); unit++) {
      try (var scope = memory.scope()) {
        var total = memory.zeros(DataType.FLOAT32, layout.sliceLength(unit));
        for (var peer = 0; peer < size(); peer++) {
          PeerCopies.add(total, shown.get(peer).get(unit), layout.sliceStart(unit, rank));
        }
        AtenCalls.copy(slice(wholes.get(unit), unit, rank), total);
      }
    }
    meeting.await();
  }

  @Override
  public void allGather(List<Tensor> wholes) {
    var shown = meeting.show(rank, wholes);
    for (var unit = 0; unit < units(); unit++) {
      try (var scope = memory.scope()) {
        for (var distance = 1; distance < size(); distance++) {
          var peer = peer(distance);
          PeerCopies.copy(
              slice(wholes.get(unit), unit, peer),
              shown.get(peer).get(unit),
              layout.sliceStart(unit, peer));
        }
      }
    }
    meeting.await();
  }

  @Override
  public void broadcast(List<Tensor> buffers, int root) {
    var source = meeting.show(rank, buffers).get(root);
    if (rank != root) {
      for (var i = 0; i < buffers.size(); i++) {
        PeerCopies.copy(buffers.get(i), source.get(i), 0);
      }
    }
    meeting.await();
  }
}
