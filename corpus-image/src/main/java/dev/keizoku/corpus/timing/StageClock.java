package dev.keizoku.corpus.timing;

import com.sun.management.OperatingSystemMXBean;
import dev.keizoku.contract.result.CorpusResult.StageTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts what each stage of a build takes: processor time of the threads that did it, the time from
 * its first beginning to its last end, documents and bytes. Stages that run side by side share
 * their seconds, never their processor seconds. Safe for use from many threads.
 */
public final class StageClock {
  /** What the row of the whole program is called. */
  public static final String PROGRAM_WORD = "program";

  private static final double NANOS = 1e9;
  private static final long NANOS_OF_MILLI = 1_000_000;
  private static final double ROUNDING = 100;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROGRAM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Map<Stage, Tally> tallies = new EnumMap<>(Stage.class);

  /** Nothing is counted yet. */
  public StageClock() {
    Arrays.stream(Stage.values()).forEach(stage -> tallies.put(stage, new Tally()));
  }

  /**
   * What is timed.
   *
   * @param <T> its result
   * @param <E> what it throws
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }

  /** Work without a result. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    /** Does it. */
    void run() throws E;
  }

  /** Does a part of a stage on this thread, inside no other part. */
  public <T, E extends Exception> T time(Stage stage, Work<T, E> work) throws E {
    return timed(stage, THREADS::getCurrentThreadCpuTime, work);
  }

  /** The same for work without a result. */
  public <E extends Exception> void run(Stage stage, Action<E> action) throws E {
    this.<Void, E>time(
        stage,
        () -> {
          action.run();
          return null;
        });
  }

  /**
   * Does a part of a stage that has the program to itself: whatever threads it starts count, and so
   * do the Java machine's own meanwhile.
   */
  public <T, E extends Exception> T phase(Stage stage, Work<T, E> work) throws E {
    return timed(stage, PROGRAM::getProcessCpuTime, work);
  }

  private <T, E extends Exception> T timed(Stage stage, LongSupplier processor, Work<T, E> work)
      throws E {
    long wall = System.nanoTime();
    long before = processor.getAsLong();
    try {
      return work.run();
    } finally {
      tallies.get(stage).add(processor.getAsLong() - before, wall);
    }
  }

  /** So much went through a stage. */
  public void count(Stage stage, long documents, long bytes) {
    tallies.get(stage).documents.add(documents);
    tallies.get(stage).bytes.add(bytes);
  }

  /** A document with that text went through a stage. */
  public void count(Stage stage, String text) {
    count(stage, 1, utf8(text));
  }

  private static long utf8(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Two of the four bytes of a surrogate pair are its two characters.
      bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
    return bytes;
  }

  /**
   * What was counted of the stages that were begun, in their order, and at last of the {@link
   * #PROGRAM_WORD whole program}: its start, its compiler, its garbage collector and the threads
   * that unpack bzip2 are in no stage.
   */
  public List<StageTime> times() {
    var rows =
        new ArrayList<>(
            tallies.entrySet().stream()
                .filter(entry -> entry.getValue().begun())
                .map(entry -> entry.getValue().row(entry.getKey().word()))
                .toList());
    var read = tallies.get(Stage.READ);
    rows.add(
        new StageTime(
            PROGRAM_WORD,
            seconds(PROGRAM.getProcessCpuTime()),
            seconds(ManagementFactory.getRuntimeMXBean().getUptime() * NANOS_OF_MILLI),
            read.documents.sum(),
            read.bytes.sum()));
    return rows;
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / NANOS * ROUNDING) / ROUNDING;
  }

  private static final class Tally {
    private final LongAdder processor = new LongAdder();
    private final LongAdder documents = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAccumulator first = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator last = new LongAccumulator(Math::max, Long.MIN_VALUE);

    void add(long nanos, long begin) {
      processor.add(Math.max(0, nanos));
      first.accumulate(begin);
      last.accumulate(System.nanoTime());
    }

    boolean begun() {
      return first.get() != Long.MAX_VALUE;
    }

    StageTime row(String stage) {
      return new StageTime(
          stage,
          seconds(processor.sum()),
          seconds(last.get() - first.get()),
          documents.sum(),
          bytes.sum());
    }
  }
}
