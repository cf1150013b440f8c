/**
 * Kueue: what it says of Jobs that wait, and what it is told of those that work. Of its module it
 * imports {@code job}, {@code naming}, {@code words}.
 */
package dev.keizoku.operator.queue;
