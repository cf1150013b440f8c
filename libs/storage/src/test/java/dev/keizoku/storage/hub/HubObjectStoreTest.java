package dev.keizoku.storage.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.open.WatchedStore;
import dev.keizoku.storage.remote.RetryPolicy;
import dev.keizoku.testing.HubServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubObjectStoreTest {
  private static final StoreUri MODEL = StoreUri.parse("hf://acme/tiny@main");
  private static final StoreUri WEIGHTS = MODEL.child("model.safetensors");
  private static final RetryPolicy QUICK =
      new RetryPolicy(Duration.ofSeconds(2), Duration.ofMillis(5), Duration.ofMillis(20));

  @TempDir Path folder;
  private final HubServer server = new HubServer();
  private final byte[] weights = new byte[300_000];
  private ObjectStore store = store(null);

  @BeforeEach
  void fill() {
    new Random(1).nextBytes(weights);
    server.files.put("config.json", "{\"model_type\": \"qwen2\"}".getBytes(StandardCharsets.UTF_8));
    server.files.put("model.safetensors", weights);
    server.files.put("folder/語彙 1.txt", "円".getBytes(StandardCharsets.UTF_8));
    server.files.put("folder/empty", new byte[0]);
  }

  @AfterEach
  void stop() {
    store.close();
    server.close();
  }

  private ObjectStore store(String token) {
    var access = new HubAccess(server.endpoint() + "/", token);
    return new HubObjectStore(access, QUICK, Duration.ofMillis(300));
  }

  @Test
  void readsSmallAndLargeFilesOfOneCommit() {
    assertThat(store.read(MODEL.child("config.json"))).isEqualTo(server.files.get("config.json"));
    assertThat(store.read(WEIGHTS)).isEqualTo(weights);
    assertThat(store.read(MODEL.child("folder/語彙 1.txt"))).asString().isEqualTo("円");
    assertThat(store.read(MODEL.child("folder/empty"))).isEmpty();
    assertThat(store.stat(WEIGHTS)).contains(new ObjectInfo(WEIGHTS, weights.length));
    assertThat(server.requests).filteredOn(r -> r.contains("/revision/")).hasSize(1);
  }

  @Test
  void aRevisionMayBeLeftOutOrBeAPullRequestOrACommit() {
    for (var revision : new String[] {"", "@refs/pr/1", "@" + HubServer.COMMIT}) {
      assertThat(store.stat(StoreUri.parse("hf://acme/tiny" + revision + "/config.json")))
          .isPresent();
    }
  }

  @Test
  void listsAllPagesUnderTheNameThatWasGiven() {
    assertThat(store.list(StoreUri.parse("hf://acme/tiny/")))
        .containsExactly(
            new ObjectInfo(StoreUri.parse("hf://acme/tiny/config.json"), 23),
            new ObjectInfo(StoreUri.parse("hf://acme/tiny/folder/empty"), 0),
            new ObjectInfo(StoreUri.parse("hf://acme/tiny/folder/語彙 1.txt"), 3),
            new ObjectInfo(StoreUri.parse("hf://acme/tiny/model.safetensors"), weights.length));
    assertThat(store.list(MODEL.child("folder"))).hasSize(2);
    assertThat(store.list(MODEL.child("none"))).isEmpty();
  }

  @Test
  void aBrokenConnectionIsContinuedWhereItEnded() throws IOException {
    server.broken.set(3);
    var file = folder.resolve("model.safetensors");
    var artifact = store.download(WEIGHTS, file);
    assertThat(Files.readAllBytes(file)).isEqualTo(weights);
    assertThat(artifact.sha256()).isEqualTo(Digests.sha256(weights));
    assertThat(artifact.bytes()).isEqualTo(weights.length);
    assertThat(server.requests)
        .contains("STORAGE model.safetensors bytes=0-299999")
        .contains("STORAGE model.safetensors bytes=150000-299999")
        .contains("STORAGE model.safetensors bytes=225000-299999");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aSilentConnectionIsGivenUp() throws IOException {
    server.silent.set(1);
    try (var in = store.open(WEIGHTS)) {
      assertThat(in.readAllBytes()).isEqualTo(weights);
    }
  }

  @Test
  void anUnfinishedDownloadIsContinuedByTheNextProcess() throws IOException {
    var aside =
        folder.resolve(".w.%s.part".formatted(Digests.sha256(Digests.sha256(weights).getBytes())));
    Files.write(aside, Arrays.copyOf(weights, 100_000));
    var told = new LongAdder();
    // As every program wraps its store.
    assertThat(new WatchedStore(store, told::add).download(WEIGHTS, folder.resolve("w")).sha256())
        .isEqualTo(Digests.sha256(weights));
    assertThat(Files.readAllBytes(folder.resolve("w"))).isEqualTo(weights);
    assertThat(server.requests).contains("STORAGE model.safetensors bytes=100000-299999");
    assertThat(told.sum()).isEqualTo(weights.length);
  }

  @Test
  void damagedBytesNeverBecomeAFile() throws IOException {
    server.corrupt = true;
    for (var name : new String[] {"model.safetensors", "config.json"}) {
      assertThatThrownBy(() -> store.download(MODEL.child(name), folder.resolve(name)))
          .isInstanceOfSatisfying(
              RunFault.class,
              fault -> {
                assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
                assertThat(fault.reason()).isEqualTo(Reason.DIGEST_MISMATCH);
                assertThat(fault.damage()).isTrue();
              });
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatWasDamagedOnTheWayIsReadOnceMore() throws IOException {
    server.corruptAnswers.set(1);
    assertThat(store.download(WEIGHTS, folder.resolve("w")).sha256())
        .isEqualTo(Digests.sha256(weights));
    assertThat(Files.readAllBytes(folder.resolve("w"))).isEqualTo(weights);
    server.corruptAnswers.set(1);
    assertThat(store.read(MODEL.child("config.json"))).isEqualTo(server.files.get("config.json"));
  }

  @Test
  void readsRanges() {
    server.broken.set(1);
    assertThat(store.readRange(WEIGHTS, 1000, 5000))
        .isEqualTo(Arrays.copyOfRange(weights, 1000, 6000));
    assertThatThrownBy(() -> store.readRange(WEIGHTS, 299_990, 11))
        .hasMessageContaining("ends too early");
  }

  @Test
  void aBusyHubIsAskedAgain() {
    server.unavailable.set(3);
    assertThat(store.stat(WEIGHTS)).isPresent();
  }

  @Test
  void aHubThatStaysAwayIsWorthAnotherAttempt() {
    server.close();
    assertThatThrownBy(() -> store.stat(WEIGHTS))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.TRY_AGAIN))
        .hasMessageContaining("check HF_ENDPOINT");
  }

  @Test
  void theTokenGoesToTheHubAndNowhereElse() {
    server.token = "hf_secret";
    store = store("hf_secret");
    // The second server refuses requests that carry a token.
    assertThat(store.read(WEIGHTS)).isEqualTo(weights);
    assertThat(new HubAccess(server.endpoint(), "hf_secret").toString()).doesNotContain("secret");
  }

  @Test
  void whatOnlyTheUserCanMendIsToldAtOnce() {
    fault(store, MODEL.child("none.json"), "ObjectNotFound", "There is no object " + MODEL);
    fault(
        store,
        StoreUri.parse("hf://acme/none/config.json"),
        "ModelNotFound",
        "no model acme/none on the hub");
    fault(
        store,
        StoreUri.parse("hf://acme/tiny@v9/config.json"),
        "RevisionNotFound",
        "no revision 'v9'");
    server.gated = true;
    fault(store, WEIGHTS, "HubAccessDenied", "a caller without HF_TOKEN; accept the model's");
    server.gated = false;
    server.token = "right";
    var stranger = store(null);
    fault(stranger, WEIGHTS, "HubCredentialsRefused", "set HF_TOKEN if it is private");
    var wrong = store("wrong");
    fault(wrong, WEIGHTS, "HubCredentialsRefused", "The hub refused HF_TOKEN for acme/tiny");
  }

  private static void fault(ObjectStore store, StoreUri uri, String reason, String message) {
    assertThatThrownBy(() -> store.read(uri))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              assertThat(fault.reason().word()).isEqualTo(reason);
            })
        .hasMessageContaining(message)
        .message()
        .doesNotContain("wrong");
  }

  @Test
  void cannotBeWritten() {
    assertThatThrownBy(() -> store.put(WEIGHTS, new byte[1])).hasMessageContaining("read only");
    assertThatThrownBy(() -> store.create(WEIGHTS)).hasMessageContaining("read only");
    assertThatThrownBy(() -> store.deleteFolder(MODEL)).hasMessageContaining("read only");
  }

  @Test
  void theSchemeIsOneOfTheStores() {
    var access = new HubAccess(server.endpoint(), null);
    try (var all = StoreRouter.open(null, null, access)) {
      assertThat(all.read(WEIGHTS)).isEqualTo(weights);
    }
  }

  @Test
  void aProgramsStoreReadsTheHubOfItsEnvironment() {
    var environment = Map.of("HF_ENDPOINT", server.endpoint());
    try (var all = StoreRouter.fromEnvironment(null, environment)) {
      assertThat(all.read(WEIGHTS)).isEqualTo(weights);
    }
  }

  @Test
  void theEnvironmentNamesTheHub() {
    assertThat(HubAccess.fromEnvironment(Map.of()).endpoint()).isEqualTo("https://huggingface.co");
    var own = HubAccess.fromEnvironment(Map.of("HF_ENDPOINT", "http://hub:80/", "HF_TOKEN", " t "));
    assertThat(own).isEqualTo(new HubAccess("http://hub:80", "t"));
    assertThatThrownBy(() -> HubAccess.fromEnvironment(Map.of("HF_ENDPOINT", "http://u:p@hub")))
        .hasMessageContaining("HF_ENDPOINT is not a URL")
        .hasMessageNotContaining("u:p");
  }
}
