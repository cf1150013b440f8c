/**
 * The run file of the corpus program. Of its module it imports {@code bytes}, {@code run}, {@code
 * setting}.
 */
package dev.keizoku.contract.corpus;
