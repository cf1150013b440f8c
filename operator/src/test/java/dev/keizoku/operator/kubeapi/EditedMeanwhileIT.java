package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each time the operator has looked at a resource and not yet written what it saw, the resource is
 * edited, at last deleted: every edit is taken up, though nothing else wakes the resource. {@code
 * -Dchaos.edits} says how many there are ({@code make chaos}: 10,000).
 */
class EditedMeanwhileIT {
  private static final int EDITS = Integer.getInteger("chaos.edits", 400);
  private static final int OF_EACH = 20;
  private static final int AT_ONCE = 20;

  @RegisterExtension private final Scene scene = new Scene();

  /** Edits that each resource has had, by its name. */
  private final Map<String, Integer> edits = new ConcurrentHashMap<>();

  @Test
  void noEditAndNoDeletionIsLost() {
    int resources = EDITS / OF_EACH;
    scene.beforeEveryStatus(this::overtake);
    for (int first = 0; first < resources; first += AT_ONCE) {
      overtakeEach(first, Math.min(resources, first + AT_ONCE));
    }
    assertThat(IntStream.range(0, resources).mapToObj(i -> edits.get("corpus-" + i)))
        .hasSize(resources)
        .allMatch(count -> count == OF_EACH);
  }

  private void overtakeEach(int first, int end) {
    for (int i = first; i < end; i++) {
      scene.apply(FinCorpus.class, corpus("corpus-" + i));
    }
    for (int i = first; i < end; i++) {
      var name = "corpus-" + i;
      if (goes(name)) {
        scene.awaitGone(FinCorpus.class, name);
      } else {
        scene.await(FinCorpus.class, name, this::isTakenUp);
      }
    }
  }

  private boolean isTakenUp(FinCorpus corpus) {
    return Integer.valueOf(OF_EACH).equals(corpus.runPolicy().backoffLimit())
        && corpus.getMetadata().getGeneration().equals(corpus.runStatus().observedGeneration());
  }

  /** Nothing wakes it but a change of its own, and it is not gone before that was looked at. */
  private static String corpus(String name) {
    return Manifests.goesWithItsArtifacts(Manifests.CORPUS)
        .replace("spec:\n", "spec:\n  suspend: true\n")
        .replace("name: finance", "name: " + name);
  }

  /** Every second one is deleted by its last edit. */
  private static boolean goes(String name) {
    return name.matches(".*[13579]");
  }

  private void overtake(URI status) {
    var name = status.getPath().replaceFirst(".*/fincorpora/(.+)/status", "$1");
    int edit = edits.getOrDefault(name, 0) + 1;
    if (edit > OF_EACH) {
      return;
    }
    // One after another: the next status of the same resource is written after this one.
    edits.put(name, edit);
    if (edit == OF_EACH && goes(name)) {
      scene.client.resources(FinCorpus.class).inNamespace(scene.namespace).withName(name).delete();
    } else {
      scene.patch(FinCorpus.class, name, "{\"spec\":{\"backoffLimit\":%d}}".formatted(edit));
    }
  }
}
