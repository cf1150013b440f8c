/**
 * {@code s3://}: any S3 API, through the MinIO client, which nobody else imports. Of its module it
 * imports {@code remote}, {@code storage}.
 */
package dev.keizoku.storage.s3;
