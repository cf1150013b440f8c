/**
 * Decides whether training may go on: numbers that are not finite, a loss that jumps, a model that
 * forgets. Every guard is a pure function of its state and a reading and gives the next state and a
 * decision; {@code Guards} puts them together. The state is a record that a checkpoint can hold;
 * the loop carries the decisions out. No I/O, no clock, no tensors. Of its module it imports
 * nothing.
 */
package dev.keizoku.trainer.guard;
