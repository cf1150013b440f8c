/**
 * What the trainer's program can do beside a run, a class a subcommand: the plan of a run, and a
 * model's logits for other programs to compare theirs with. Only the main class knows it. Of its
 * module it imports {@code loop} and {@code plan}.
 */
package dev.keizoku.trainer.command;
