/**
 * Text to token ids and back: Hugging Face {@code tokenizer.json} through the DJL library, and
 * {@code .tiktoken} vocabularies in plain Java. Works offline. Of its module it imports {@code
 * bytelevel}.
 */
package dev.keizoku.tokenizer;
