/**
 * Text to token ids and back: Hugging Face {@code tokenizer.json} through the DJL library, and
 * {@code .tiktoken} vocabularies in plain Java. Works offline. May import the contract's faults and
 * bytes, Jackson, DJL's tokenizers and jtokkit; no PyTorch, no storage.
 */
package dev.keizoku.tokenizer;
