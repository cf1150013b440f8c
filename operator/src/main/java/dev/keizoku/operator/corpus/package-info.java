/**
 * A FinCorpus: what its pod is told and what its status shows. Of its module it imports {@code
 * reconcile}, {@code run}, {@code settings} and {@code status}.
 */
package dev.keizoku.operator.corpus;
