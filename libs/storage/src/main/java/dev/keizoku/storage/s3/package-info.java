/**
 * {@code s3://}: any S3 API, through the MinIO client, which nobody else imports. May import the
 * port and the contract.
 */
package dev.keizoku.storage.s3;
