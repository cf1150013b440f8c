package dev.keizoku.trainer.parallel.collective;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.parallel.shard.ShardLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Ranks with a memory each: what one needs of another is copied. */
public final class CopiedMemory extends Member {

  /**
   * @param number of this rank
   * @param memory of its device
   */
  public CopiedMemory(RankThreads threads, int number, ShardLayout layout, DeviceMemory memory) {
    super(threads, number, layout, memory);
  }

  @Override
  public boolean inOneMemory() {
    return false;
  }

  @Override
  public Slices slices(DataType type) {
    var own =
        IntStream.range(0, units())
            .mapToObj(unit -> memory().zeros(type, layout().sliceLength(unit)))
            .toList();
    var all = new ArrayList<List<Tensor>>(meeting().show(rank(), own));
    meeting().await();
    return new Copied(this, all);
  }

  /** Slices in the memory of whoever owns them, by rank and unit. */
  private record Copied(Member member, List<List<Tensor>> slices) implements Slices {

    @Override
    public Tensor own(int unit) {
      return slices.get(member.rank()).get(unit);
    }

    @Override
    public Optional<Tensor> whole(int unit) {
      return member.size() == 1 ? Optional.of(own(unit)) : Optional.empty();
    }

    @Override
    public void copyInto(Tensor whole, int unit) {
      for (var distance = 0; distance < member.size(); distance++) {
        var peer = member.peer(distance);
        PeerCopies.copy(member.slice(whole, unit, peer), slices.get(peer).get(unit), 0);
      }
    }

    @Override
    public void clear() {
      slices.get(member.rank()).forEach(AtenCalls::zero);
    }

    @Override
    public void add(int unit, Tensor whole) {
      var shown = member.meeting().show(member.rank(), List.of(whole));
      var start = member.layout().sliceStart(unit, member.rank());
      for (var peer = 0; peer < member.size(); peer++) {
        PeerCopies.add(own(unit), shown.get(peer).getFirst(), start);
      }
      // Nobody frees what another still reads.
      member.meeting().await();
    }
  }
}
