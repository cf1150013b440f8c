package dev.keizoku.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardCompatibleMapperTest {

  @Test
  void whatNobodyReadsIsNotKeptAndWhatIsNewDoesNoHarm() throws Exception {
    var mapper = new ObjectMapper();
    new ForwardCompatibleMapper().customize(mapper);
    var json =
        """
        {"apiVersion": "v1", "kind": "Pod", "ofTomorrow": 1,
         "metadata": {"name": "a", "managedFields": [{"manager": "kubelet", "operation": "Update"}]}}
        """;
    var pod = mapper.readValue(json, Pod.class);
    assertThat(pod.getMetadata().getName()).isEqualTo("a");
    assertThat(pod.getMetadata().getManagedFields()).isEmpty();
  }

  @Test
  void whatManyObjectsSayIsKeptOnce() throws Exception {
    var mapper = new ObjectMapper();
    new ForwardCompatibleMapper().customize(mapper);
    var json = "{\"phase\": \"%s\", \"%s\": null}";
    var one = mapper.readValue(json.formatted("Succeeded", "message"), PodStatus.class);
    var other = mapper.readValue(json.formatted("Succeeded", "reason"), PodStatus.class);
    assertThat(one.getPhase()).isEqualTo("Succeeded").isSameAs(other.getPhase());
    assertThat(one.getMessage()).isNull();
    // "Aa" and "BB" have one hash.
    for (var text : List.of("Aa", "BB", "Aa", "x".repeat(1000), "")) {
      assertThat(mapper.readValue(json.formatted(text, "a"), PodStatus.class).getPhase())
          .isEqualTo(text);
    }
    var number = mapper.readValue("{\"message\": 7}", PodStatus.class);
    assertThat(number.getMessage()).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4Gi", "500m", "1e3", ".5", "日本語", "Gi", "1 Gi", "--1"})
  void aQuantityIsReadAndSentAsItStands(String text) throws Exception {
    var mapper = new ObjectMapper();
    new ForwardCompatibleMapper().customize(mapper);
    var json = mapper.writeValueAsString(Map.of("limits", Map.of("memory", text)));
    var read = mapper.readValue(json, ResourceRequirements.class);
    assertThat(mapper.writeValueAsString(read)).isEqualTo(json);
    var empty = mapper.readValue("{\"limits\": {\"memory\": \"\"}}", ResourceRequirements.class);
    assertThat(empty.getLimits().get("memory").getAmount()).isEqualTo("0");
  }
}
