/**
 * What a run's status is: one pure function of spec, previous status and observation. Clock and
 * observation are passed in; nothing here talks to anything. Of its module it imports {@code job},
 * {@code naming} and {@code words}.
 */
package dev.keizoku.operator.status;
