package dev.keizoku.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How to reach the object store; the credentials are never in here but in the environment ({@code
 * AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}).
 *
 * @param endpoint URL of an S3 API, for instance {@code http://minio.keizoku-system.svc:9000}; null
 *     when the run uses {@code file://} only
 * @param region S3 region name; null means {@code us-east-1}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StorageSpec(String endpoint, String region) {}
