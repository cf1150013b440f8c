/**
 * Parquet files of flat tables, written without Hadoop: strings and 64-bit integers, plain
 * encoding, uncompressed, so that equal rows are equal bytes on every machine. Reading is left to
 * the many tools that do it. Of its module it imports nothing.
 */
package dev.keizoku.storage.parquet;
