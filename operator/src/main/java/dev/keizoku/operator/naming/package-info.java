/**
 * How children are named, labelled and told apart. Pure functions. Of its module it imports
 * nothing.
 */
package dev.keizoku.operator.naming;
