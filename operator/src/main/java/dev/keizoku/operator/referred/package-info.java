/**
 * The resources that others refer to: each is read and kept once, by its own controller, and who
 * refers to one is told when it changes. Of its module it imports {@code run}.
 */
package dev.keizoku.operator.referred;
