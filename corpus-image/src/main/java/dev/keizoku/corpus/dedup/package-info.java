/**
 * Which of several equal documents stays. Pure functions: the outcome does not depend on the order
 * in which documents were read. Of its module it imports {@code clean}, {@code unicode}.
 */
package dev.keizoku.corpus.dedup;
