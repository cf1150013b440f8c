package dev.keizoku.trainer.parallel.collective;

import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.stream.CopyStream;
import dev.keizoku.llm.torch.stream.CopyStream.Event;
import dev.keizoku.llm.torch.stream.CopyStream.Shown;
import dev.keizoku.trainer.parallel.shard.ShardLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Ranks with a memory each: what one needs of another is copied, by a stream of the rank that needs
 * it. Ranks tell each other events; their threads meet, their devices wait for nothing but those.
 */
public final class CopiedMemory extends Member {
  private final CopyStream stream;

  /**
   * @param number of this rank
   * @param memory of its device
   */
  public CopiedMemory(RankThreads threads, int number, ShardLayout layout, DeviceMemory memory) {
    this(threads, number, layout, memory, CopyStream.into(memory));
  }

  /** The same with a stream of another kind. */
  CopiedMemory(
      RankThreads threads, int number, ShardLayout layout, DeviceMemory memory, CopyStream stream) {
    super(threads, number, layout, memory);
    this.stream = stream;
  }

  @Override
  public boolean inOneMemory() {
    return false;
  }

  @Override
  public void close() {
    stream.close();
  }

  @Override
  public Slices slices(DataType type) {
    var tensors =
        IntStream.range(0, units())
            .mapToObj(unit -> memory().zeros(type, layout().sliceLength(unit)))
            .toList();
    var own = new Owned(tensors, new AtomicReference<>(stream.computed()));
    return new Copied(this, stream, meeting().exchange(rank(), own));
  }

  /**
   * What one rank has.
   *
   * @param tensors by unit
   * @param ready since when they are what they should be
   */
  private record Owned(List<Tensor> tensors, AtomicReference<Event> ready) {
    Shown shown(int unit) {
      return new Shown(tensors.get(unit), ready.get());
    }
  }

  /** Slices in the memory of whoever owns them, by rank. */
  private record Copied(Member member, CopyStream stream, List<Owned> owners) implements Slices {

    @Override
    public Tensor own(int unit) {
      return owners.get(member.rank()).tensors().get(unit);
    }

    @Override
    public Optional<Tensor> whole(int unit) {
      return member.size() == 1 ? Optional.of(own(unit)) : Optional.empty();
    }

    @Override
    public Fetch fetch(Tensor whole, int unit) {
      Event last = null;
      for (var distance = 0; distance < member.size(); distance++) {
        var peer = member.peer(distance);
        last = stream.copy(member.slice(whole, unit, peer), owners.get(peer).shown(unit));
      }
      var all = last;
      return new Fetch() {
        @Override
        public void await() {
          stream.await(all);
        }

        @Override
        public void join() {
          stream.join(all);
        }
      };
    }

    @Override
    public void changed() {
      owners.get(member.rank()).ready().set(stream.computed());
    }

    @Override
    public Optional<Tensor> firstOf(int unit) {
      return Optional.empty();
    }

    @Override
    public void clear() {
      owners.get(member.rank()).tensors().forEach(AtenCalls::zero);
    }

    @Override
    public void add(int unit, Tensor whole) {
      var shown = member.meeting().exchange(member.rank(), new Shown(whole, stream.computed()));
      var taken = new StagedSum(member, stream, shown).into(own(unit), unit);
      // Nobody frees or changes what another still reads.
      for (var event : member.meeting().exchange(member.rank(), taken)) {
        event.ifPresent(stream::await);
      }
    }
  }

  /**
   * A sum of what all ranks show, in the order of the ranks. Their parts of this rank's slice are
   * brought here first, a piece of all at a time, while the piece before is added.
   *
   * @param shown whole buffers of one unit, by rank
   */
  private record StagedSum(Member member, CopyStream stream, List<Shown> shown) {
    /** Elements of a piece: some ten megabytes of each rank are enough to fill a link. */
    private static final long PIECE = 1L << 22;

    /** Pieces of all ranks but this one, and the last copy. */
    private record Staged(List<Tensor> pieces, Event there) {}

    /**
     * Adds to a slice.
     *
     * @return when the last of the others' buffers was read; empty where there is none
     */
    Optional<Event> into(Tensor slice, int unit) {
      var start = member.layout().sliceStart(unit, member.rank());
      var memory = member.memory();
      Event read = null;
      try (var scope = memory.scope()) {
        var buffers = new ArrayList<List<Tensor>>();
        var pieces = Math.ceilDiv(slice.elements(), PIECE);
        for (var i = 0; i < Math.min(2, pieces); i++) {
          buffers.add(buffers(Math.min(PIECE, slice.elements())));
        }
        var ahead = stage(buffers.getFirst(), start, slice.elements());
        for (long piece = 0; piece < pieces; piece++) {
          var current = ahead;
          var next = (piece + 1) * PIECE;
          if (piece + 1 < pieces) {
            ahead =
                stage(buffers.get((int) ((piece + 1) % 2)), start + next, slice.elements() - next);
          }
          read = ahead.there();
          add(slice, start, piece * PIECE, current);
        }
      }
      return Optional.ofNullable(read);
    }

    // One for each rank; that of this one stays unused.
    private List<Tensor> buffers(long length) {
      var type = shown.getFirst().tensor().type();
      return IntStream.range(0, member.size())
          .mapToObj(peer -> member.memory().empty(type, peer == member.rank() ? 0 : length))
          .toList();
    }

    private Staged stage(List<Tensor> buffers, long start, long left) {
      var length = Math.min(PIECE, left);
      var pieces = new ArrayList<Tensor>(buffers);
      Event there = null;
      for (var distance = 1; distance < member.size(); distance++) {
        var peer = member.peer(distance);
        pieces.set(peer, buffers.get(peer).narrow(0, 0, length));
        var source = member.memory().alias(shown.get(peer).tensor()).narrow(0, start, length);
        there = stream.copy(pieces.get(peer), shown.get(peer).part(source));
      }
      return new Staged(pieces, there);
    }

    private void add(Tensor slice, long start, long at, Staged staged) {
      if (staged.there() != null) {
        stream.await(staged.there());
      }
      var length = Math.min(PIECE, slice.elements() - at);
      var target = slice.narrow(0, at, length);
      for (var peer = 0; peer < member.size(); peer++) {
        if (peer == member.rank()) {
          PeerCopies.add(target, shown.get(peer).tensor(), start + at);
        } else {
          Kernels.on(target).add(target, target, staged.pieces().get(peer));
        }
      }
    }
  }
}
