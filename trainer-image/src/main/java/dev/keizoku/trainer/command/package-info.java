/**
 * What the trainer's program can do beside a run, a class a subcommand: the plan of a run, and a
 * model's logits for other programs to compare theirs with. Only the main class knows it.
 */
package dev.keizoku.trainer.command;
