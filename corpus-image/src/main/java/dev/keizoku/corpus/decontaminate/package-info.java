/**
 * Questions of benchmarks in documents: which characters count, where a question stands, a text
 * without it. Pure functions of texts. Of its module it imports nothing.
 */
package dev.keizoku.corpus.decontaminate;
