/**
 * Byte pair encoding over bytes, as most models of today have it, without what a corpus does not
 * need of it: the Hugging Face library keeps places, words and masks of every token, which takes
 * most of its time. Texts and tokenizers that are not surely read alike are left to that library.
 * Of its module it imports nothing.
 */
package dev.keizoku.tokenizer.bytelevel;
