package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.operator.child.EndedJob;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Job's end of which the operator hears before it hears of the pod. */
class EndedJobIT {
  private static final int USER_ERROR = 42;

  @RegisterExtension private final Scene scene = new Scene();

  @Test
  void aPodThatIsNotHeardOfIsGoneWhenTheApiServerSaysSo() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    assertThat(exitCode()).isEmpty();
    scene.jobs.end(pod, USER_ERROR, "{}");
    assertThat(exitCode()).contains(USER_ERROR);

    scene.client.resource(pod).withGracePeriod(0).delete();
    Awaitility.await().until(() -> scene.client.resource(pod).get() == null);
    assertThat(seen()).extracting(ObservedJob::pod).isNull();
    assertThat(seen().ended()).isTrue();
  }

  private Optional<Integer> exitCode() {
    return Optional.ofNullable(seen().pod()).map(ObservedPod::end).map(ObservedPod.End::exitCode);
  }

  private ObservedJob seen() {
    var job = scene.jobs.job("finance", 1).orElseThrow();
    return EndedJob.observe(job, List.of(), scene.client);
  }
}
