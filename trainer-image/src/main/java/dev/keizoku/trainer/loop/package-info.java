/**
 * A run from its file to its model: the checks, the loop over the steps ({@code TrainingLoop}:
 * begin here). Of its module it imports {@code checkpoint}, {@code data}, {@code export}, {@code
 * guard}, {@code optim}, {@code parallel}, {@code plan}, {@code plan.memory}, {@code report},
 * {@code stage}.
 */
package dev.keizoku.trainer.loop;
