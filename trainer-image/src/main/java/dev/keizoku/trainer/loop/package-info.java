/**
 * A run from its file to its model: the checks, the loop over the steps ({@code TrainingLoop}:
 * begin here), the export. Imports every other package of the trainer but the commands; only they
 * and the main class import it.
 */
package dev.keizoku.trainer.loop;
