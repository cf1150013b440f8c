/**
 * The object store and what lies in it: URIs, reading and writing on {@code s3://} and {@code
 * file://}, reading models on {@code hf://}, retries while the store is away, sha256 digests and
 * manifests that are written last. Knows bytes and files; the token shards are in {@code .tokens},
 * tables in {@code .parquet}. May import the contract, Jackson, SLF4J and, in the {@code S3}
 * classes only, the MinIO client.
 */
package dev.keizoku.storage;
