package dev.keizoku.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

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
}
