/**
 * The corpus program: documents in, token shards out. {@link dev.keizoku.corpus.build.CorpusBuild}
 * is the page to begin with: stage, read, clean, filter, deduplicate, split, tokenize, commit. May
 * import the contract, {@code dev.keizoku.program}, the storage and the tokenizer.
 */
package dev.keizoku.corpus;
