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
 *
 * @param meeting of all ranks
 * @param rank number of this one
 * @param layout slices of the units
 * @param memory of the rank's device
 */
record Member(Meeting meeting, int rank, ShardLayout layout, DeviceMemory memory) {

  int size() {
    return meeting.size();
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

  void reduceScatter(List<Tensor> wholes) {
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

  void allGather(List<Tensor> wholes) {
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

  void broadcast(List<Tensor> buffers, int root) {
    var source = meeting.show(rank, buffers).get(root);
    if (rank != root) {
      for (var i = 0; i < buffers.size(); i++) {
        PeerCopies.copy(buffers.get(i), source.get(i), 0);
      }
    }
    meeting.await();
  }
}
