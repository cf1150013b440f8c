package dev.keizoku.corpus.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderedTasksTest {

  @Test
  void resultsComeInOrderAndOnlyAFewTasksAreAhead() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var results = new ArrayList<Integer>();
    var done = Stream.generate(() -> new CountDownLatch(1)).limit(200).toList();
    try (var workers = Executors.newFixedThreadPool(4)) {
      var tasks =
          IntStream.range(0, 200)
              .<Callable<Integer>>mapToObj(
                  i ->
                      () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        // Of two tasks the second is done first.
                        if (i % 2 == 0) {
                          done.get(i + 1).await(100, TimeUnit.MILLISECONDS);
                        }
                        done.get(i).countDown();
                        return i;
                      })
              .iterator();
      new OrderedTasks<Integer>(workers, 8)
          .run(
              tasks,
              result -> {
                running.decrementAndGet();
                results.add(result);
              });
    }
    assertThat(results).hasSize(200).isSorted();
    assertThat(most.get()).isLessThanOrEqualTo(8);
  }

  @Test
  void aFailedTaskIsThrownAsItIs() {
    try (var workers = Executors.newFixedThreadPool(2)) {
      var tasks =
          IntStream.range(0, 9)
              .<Callable<Integer>>mapToObj(
                  i ->
                      () -> {
                        throw new java.io.IOException("disk " + i);
                      })
              .iterator();
      assertThatThrownBy(() -> new OrderedTasks<Integer>(workers, 2).run(tasks, result -> {}))
          .isInstanceOf(java.io.IOException.class)
          .hasMessage("disk 0");
    }
  }

  /** The program says of it what to set; as anything else it would be an unexpected fault. */
  @Test
  void outOfMemoryInATaskIsThatOfTheRun() {
    try (var workers = Executors.newFixedThreadPool(2)) {
      Callable<Integer> full =
          () -> {
            throw new OutOfMemoryError("Java heap space");
          };
      assertThatThrownBy(
              () ->
                  new OrderedTasks<Integer>(workers, 2).run(List.of(full).iterator(), result -> {}))
          .isInstanceOf(OutOfMemoryError.class);
    }
  }
}
