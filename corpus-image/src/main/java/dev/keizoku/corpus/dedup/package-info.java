/**
 * Which of several equal documents stays. Pure functions: the outcome does not depend on the order
 * in which documents were read. Imports the JDK and the storage's digests only.
 */
package dev.keizoku.corpus.dedup;
