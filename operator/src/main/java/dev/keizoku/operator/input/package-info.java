/** The kinds that others refer to. Of its module it imports {@code run} and {@code words}. */
package dev.keizoku.operator.input;
