package dev.keizoku.operator.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;

/** Where traces go. */
final class Tracing {
  private Tracing() {}

  /**
   * A provider that sends by OTLP over HTTP, in the background; what no collector takes is dropped.
   *
   * @param endpoint of a collector, {@code http://collector:4318}
   */
  static SdkTracerProvider to(String endpoint, String version) {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.replaceAll("/+$", "") + "/v1/traces")
            .build();
    return of(BatchSpanProcessor.builder(exporter).build(), version);
  }

  static SdkTracerProvider of(SpanProcessor processor, String version) {
    var names =
        Attributes.builder()
            .put("service.name", "keizoku-operator")
            .put("service.version", version)
            .build();
    return SdkTracerProvider.builder()
        .setResource(Resource.getDefault().merge(Resource.create(names)))
        .addSpanProcessor(processor)
        .build();
  }
}
