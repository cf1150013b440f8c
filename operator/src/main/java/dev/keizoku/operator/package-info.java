/**
 * The operator. A look at a resource goes from {@code job} (what is observed) over {@code status}
 * (what it means, in the words of {@code words}) to {@code child} (what is made and taken away),
 * and {@code reconcile} does one after the other; {@code run} has what a kind adds, {@code input}
 * the kinds that others refer to, and {@code corpus}, {@code pretrain} and {@code eval} are the
 * three. Here is only what the container wires. Of its module it imports {@code job}, {@code
 * reconcile}, {@code settings}.
 */
package dev.keizoku.operator;
