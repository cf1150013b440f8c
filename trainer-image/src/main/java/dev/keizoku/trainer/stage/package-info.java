/**
 * What surrounds the steps of a run: weights that go in and out, checkpoints, what each step gave,
 * how fast all of it is and how long the devices wait. Of its module it imports {@code checkpoint},
 * {@code guard}, {@code parallel} and {@code report}.
 */
package dev.keizoku.trainer.stage;
