package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;

/**
 * Reads a record whose components are unwrapped. Jackson can do it, but not through the Kubernetes
 * client's mapper, which replaces the properties of every bean with its own.
 */
final class FlatRecord extends StdDeserializer<Object> implements ContextualDeserializer {
  private static final long serialVersionUID = 1L;

  private static final JsonMapper PLAIN =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new WithoutThis())
          .build();

  /** For Jackson, which then asks for one of the record's type. */
  FlatRecord() {
    super(Object.class);
  }

  private FlatRecord(JavaType type) {
    super(type);
  }

  @Override
  public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty at) {
    return new FlatRecord(context.getContextualType());
  }

  /** Another one, by which Jackson knows that the fields around it are to be given too. */
  @Override
  public JsonDeserializer<Object> unwrappingDeserializer(NameTransformer names) {
    return new FlatRecord(getValueType());
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    return PLAIN.treeToValue(context.readTree(parser), getValueType());
  }

  private static final class WithoutThis extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Object findDeserializer(Annotated annotated) {
      var found = super.findDeserializer(annotated);
      return found == FlatRecord.class ? null : found;
    }
  }
}
