package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.storage.hub.HubAccess;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.testing.HubServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelDigestTest {
  private final HubServer hub = new HubServer();

  @BeforeEach
  void model() {
    hub.files.put("config.json", "{}".getBytes());
    hub.files.put("model.safetensors", new byte[2 * HubServer.LARGE]);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void aModelOfAHubIsKnownByItsContent() throws Exception {
    var first = sha256("hf://acme/tiny@main");
    assertThat(sha256("hf://acme/tiny@" + HubServer.COMMIT)).isEqualTo(first);
    // Uploaded again, of the same size.
    hub.files.get("model.safetensors")[7] = 1;
    assertThat(sha256("hf://acme/tiny@main")).isNotEqualTo(first);
  }

  @Test
  void itsWeightsAreNotReadForThat() throws Exception {
    sha256("hf://acme/tiny@main");
    assertThat(hub.requests)
        .noneMatch(line -> line.startsWith("GET") && line.contains("model.safetensors"));
  }

  private String sha256(String uri) throws Exception {
    var access = HubAccess.fromEnvironment(Map.of("HF_ENDPOINT", hub.endpoint()));
    try (var store = StoreRouter.open(null, null, access)) {
      return ModelDigest.known(store, new EvalRun.Model("tiny", uri, null)).orElseThrow().sha256();
    }
  }
}
