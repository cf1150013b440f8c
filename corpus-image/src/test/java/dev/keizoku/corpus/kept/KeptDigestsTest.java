package dev.keizoku.corpus.kept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.corpus.Sources;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digests of objects that need not be read again. */
class KeptDigestsTest {
  private static final long PART = 250;

  private final ObjectStore store = StoreRouter.open(null, null);
  private final List<Source> sources =
      List.of(
          Sources.of("a", "s3://raw/a/", Format.TEXT),
          Sources.of("other", "s3://raw/o/", Format.TEXT));
  @TempDir private Path folder;

  private KeptDigests open() {
    return new KeptDigests(store, StoreUri.of(folder), sources, PART);
  }

  private static ObjectInfo object(String path) {
    return new ObjectInfo(StoreUri.parse("s3://raw/" + path), 100, "");
  }

  private static void note(KeptDigests digests, String path) {
    digests.note(object(path), "tag", "sha of " + path);
  }

  private static Optional<String> known(KeptDigests digests, String path) {
    return digests.of(object(path), "tag");
  }

  @Test
  void aKilledBuildKnowsWhatItHadReadAndWhatWasKnownBefore() {
    var first = open();
    note(first, "a/0");
    note(first, "o/0");
    first.save();

    var killed = open();
    assertThat(known(killed, "a/0")).hasValue("sha of a/0");
    for (int object = 1; object <= 4; object++) {
      note(killed, "a/" + object);
    }

    var next = open();
    for (var path : List.of("a/1", "a/2", "a/3", "o/0")) {
      assertThat(known(next, path)).hasValue("sha of " + path);
    }
    assertThat(known(next, "a/4")).as("not a part yet").isEmpty();
    assertThat(next.of(object("a/1"), "another")).isEmpty();
  }

  @Test
  void whatIsNotThereAnyMoreIsForgottenWithTheFirstNewOne() {
    var first = open();
    note(first, "a/0");
    note(first, "a/1");
    first.save();
    var second = open();
    known(second, "a/1");
    note(second, "a/2");
    second.save();
    var third = open();
    assertThat(known(third, "a/0")).isEmpty();
    assertThat(known(third, "a/1")).isPresent();
    assertThat(known(third, "a/2")).isPresent();
  }
}
