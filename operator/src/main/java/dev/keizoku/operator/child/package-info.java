/**
 * What the operator makes in the cluster: the run file, and the Jobs that run, plan and clean up.
 * One way for all: create, and leave what is there. Of its module it imports {@code job}, {@code
 * naming}, {@code run}, {@code settings}, {@code status}, {@code words}.
 */
package dev.keizoku.operator.child;
