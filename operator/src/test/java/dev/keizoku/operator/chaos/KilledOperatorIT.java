package dev.keizoku.operator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.operator.SharedRecords;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged operator is killed in the middle of its work, again and again: at the end every run
 * has made what it makes undisturbed, each attempt had one Job, nothing that a status said was
 * lost, and no event was told twice. {@code -Dchaos.kills} says how often ({@code make chaos}: 50).
 */
class KilledOperatorIT {
  private static final int KILLS = Integer.getInteger("chaos.kills", 3);
  private static final long SEED = Long.getLong("chaos.seed", 12L);

  /** Of the changes that one pipeline brings about, somewhat less than there are. */
  private static final int MOMENTS = 60;

  @TempDir private Path folder;

  private final OwnCluster cluster = OwnCluster.get();
  private final FakeKubelet kubelet = new FakeKubelet(cluster.admin());
  private final List<OperatorProcess> operators = new ArrayList<>();
  private SeenChanges changes;

  @BeforeEach
  void watch() {
    changes = new SeenChanges(cluster.admin());
  }

  @AfterEach
  void end() {
    changes.close();
    operators.forEach(OperatorProcess::kill);
    forgetTheLease();
  }

  @Test
  void nothingIsLostAndNothingDoneTwice() throws IOException {
    var undisturbed = Pipeline.begin(cluster);
    var operator = start("operator-0");
    playUntil(operator, undisturbed::isDone);
    assertReadsAndKeepsLittle(operator.kept());
    var moments = new Random(SEED);
    var killed = new ArrayList<Pipeline>();
    for (int kill = 0; kill < KILLS; kill++) {
      killed.add(Pipeline.begin(cluster));
      int until = changes.count() + moments.nextInt(MOMENTS);
      playUntil(operator, () -> changes.count() > until);
      operator.kill();
      forgetTheLease();
      operator = start("operator-0");
    }
    playUntil(operator, () -> killed.stream().allMatch(Pipeline::isDone));

    assertThat(changes.faults()).isEmpty();
    undisturbed.assertDoneOnce();
    killed.forEach(Pipeline::assertDoneOnce);
    killed.forEach(Pipeline::assertToldOnce);
    assertThat(killed).extracting(Pipeline::digests).containsOnly(undisturbed.digests());
  }

  @Test
  void anotherOperatorTakesOverFromOneThatDied() {
    var first = start("operator-0");
    playUntil(first, () -> leader().startsWith("operator-0_"));
    var second = start("operator-1");
    var pipeline = Pipeline.begin(cluster);
    int atWork = changes.count() + MOMENTS / 3;
    playUntil(first, () -> changes.count() > atWork);
    first.kill();
    playUntil(second, pipeline::isDone);
    assertThat(leader()).startsWith("operator-1_");

    assertThat(changes.faults()).isEmpty();
    pipeline.assertDoneOnce();
    pipeline.assertToldOnce();
  }

  /**
   * All that it wires by itself: what is kept, how it is copied, and that lists come compressed.
   */
  private static void assertReadsAndKeepsLittle(Map<String, Long> kept) {
    assertThat(kept)
        .containsKeys(FinCorpus.class.getName(), Pod.class.getName(), Job.class.getName())
        // A client that the SDK, or Quarkus, made by itself would keep and copy everything.
        .doesNotContainKey(ManagedFieldsEntry.class.getName())
        .containsEntry(SharedRecords.class.getName(), 1L)
        // A connection that can read what is compressed asks for it.
        .containsKey("io.netty.handler.codec.http.HttpContentDecompressor");
  }

  private OperatorProcess start(String name) {
    var operator = OperatorProcess.start(cluster, folder, name);
    operators.add(operator);
    return operator;
  }

  private String leader() {
    var leases = cluster.admin().leases().inNamespace(OperatorProcess.HOME).list().getItems();
    return leases.isEmpty() ? "" : leases.getFirst().getSpec().getHolderIdentity();
  }

  /** Who takes over would else wait until it has run out, which another test looks at. */
  private void forgetTheLease() {
    cluster.admin().leases().inNamespace(OperatorProcess.HOME).delete();
  }

  private void playUntil(OperatorProcess operator, BooleanSupplier fact) {
    kubelet.playUntil(
        () -> {
          assertThat(operator.isAlive()).as(() -> "it lives; it said: " + operator.said()).isTrue();
          return fact.getAsBoolean();
        });
  }
}
