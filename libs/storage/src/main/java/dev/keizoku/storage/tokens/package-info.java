/**
 * Token ids of documents as they lie in the store: Megatron's {@code .bin} + {@code .idx} with
 * int32, one sequence a document, and the manifest of a corpus version that lists them. Knows
 * nothing of text, tokenizers or batches. Of its module it imports {@code artifact} and {@code
 * storage}.
 */
package dev.keizoku.storage.tokens;
