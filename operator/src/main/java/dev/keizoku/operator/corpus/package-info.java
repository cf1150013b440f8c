/** A FinCorpus: what its pod is told and what its status shows. Imports {@code run} only. */
package dev.keizoku.operator.corpus;
