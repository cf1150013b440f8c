/**
 * What is known of sources from earlier builds, beside the versions in the store: digests of their
 * objects, and their documents with what was measured of them. Of its module it imports {@code
 * filter}, {@code read}, {@code read.file}, {@code reject}, {@code spool}.
 */
package dev.keizoku.corpus.kept;
