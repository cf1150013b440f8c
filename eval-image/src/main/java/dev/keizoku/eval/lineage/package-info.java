/** What the models of a run were trained on. Of its module it imports {@code task}. */
package dev.keizoku.eval.lineage;
