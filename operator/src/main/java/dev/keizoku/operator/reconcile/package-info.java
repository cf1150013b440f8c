/**
 * One look at a resource, for all three kinds alike: observe, calculate the status, make and stop
 * children, tell by events and metrics; and what wakes it. Imports every other room but the kinds'.
 */
package dev.keizoku.operator.reconcile;
