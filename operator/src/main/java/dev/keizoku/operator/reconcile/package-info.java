/**
 * One look at a resource, for all three kinds alike: observe, calculate the status, make and stop
 * children, tell by events and metrics; and what wakes it. Of its module it imports {@code child},
 * {@code job}, {@code metrics}, {@code naming}, {@code profile}, {@code queue}, {@code referred},
 * {@code run}, {@code settings}, {@code status}, {@code tracing}, {@code words}.
 */
package dev.keizoku.operator.reconcile;
