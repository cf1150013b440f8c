/**
 * Text to token ids and back: Hugging Face {@code tokenizer.json} through the DJL library, and
 * {@code .tiktoken} vocabularies in plain Java. Works offline.
 */
package dev.keizoku.tokenizer;
