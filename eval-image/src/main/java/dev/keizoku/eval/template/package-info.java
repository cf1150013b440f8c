/**
 * Task templates as lm-evaluation-harness writes them and chat templates of models, in Jinja:
 * rendered without reflection, files, other templates or unbounded loops, and refused where Python
 * would print something else. Of its module it imports nothing.
 */
package dev.keizoku.eval.template;
