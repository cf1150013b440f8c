/** How children are named, labelled and told apart. Pure functions; imports the resources only. */
package dev.keizoku.operator.naming;
