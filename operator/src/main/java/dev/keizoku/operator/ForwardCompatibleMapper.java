package dev.keizoku.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.keizoku.operator.job.Pruning;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * Reads whatever the API server keeps: an object that cannot be read would end the watch, and with
 * it the operator. So a field that only a newer operator knows does no harm in the middle of an
 * upgrade or a rollback, nor does a quantity that is none: the API server says so of the Job that
 * names it. Who wrote which field is not read at all: it is up to half of each object, and the
 * informers hold thousands.
 */
@Singleton
public final class ForwardCompatibleMapper implements KubernetesClientObjectMapperCustomizer {

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    mapper.enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);
    mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    mapper.addMixIn(Quantity.class, AsItStands.class);
    mapper.registerModule(new SimpleModule().addDeserializer(String.class, new OftenSaid()));
    Pruning.addTo(mapper);
  }

  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}

  @JsonDeserialize(using = AnyQuantity.class)
  private interface AsItStands {}

  private static final class AnyQuantity extends JsonDeserializer<Quantity> {

    @Override
    public Quantity deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var text = context.readTree(parser).asText();
      if (text.isEmpty()) {
        // As Kubernetes reads it.
        return new Quantity("0");
      }
      try {
        return Quantity.parse(text);
      } catch (IllegalArgumentException e) {
        return new Quantity(text);
      }
    }
  }
}
