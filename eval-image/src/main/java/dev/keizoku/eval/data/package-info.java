/**
 * Files of rows as {@code datasets} loads them for lm-evaluation-harness: JSON, JSON lines, CSV and
 * Parquet. Bytes in, rows out. Of its module it imports nothing.
 */
package dev.keizoku.eval.data;
