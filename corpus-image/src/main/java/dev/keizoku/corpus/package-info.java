/**
 * The corpus program: documents in, token shards out. {@link dev.keizoku.corpus.build.CorpusBuild}
 * is the page to begin with: stage, read, clean, filter, deduplicate, split, tokenize, commit. Of
 * its module it imports {@code build} and {@code command}.
 */
package dev.keizoku.corpus;
