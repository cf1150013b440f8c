/**
 * What the operator makes in the cluster: the run file, and the Jobs that run, plan and clean up.
 * One way for all: create, and leave what is there. Imports {@code run}, {@code job}, {@code
 * status} and {@code naming}.
 */
package dev.keizoku.operator.child;
