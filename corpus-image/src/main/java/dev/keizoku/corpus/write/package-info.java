/**
 * The files of a version: token shards, tables of documents and of dropped ones, and the counts
 * that the manifest has. Knows nothing of how documents were read. Of its module it imports {@code
 * filter}, {@code paragraph}, {@code questions}, {@code read.file}, {@code reject}, {@code report},
 * {@code spool}, {@code timing}, {@code tokenize}.
 */
package dev.keizoku.corpus.write;
