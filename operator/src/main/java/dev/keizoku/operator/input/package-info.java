/** The kinds that others refer to. Imports {@code run} and the resources. */
package dev.keizoku.operator.input;
