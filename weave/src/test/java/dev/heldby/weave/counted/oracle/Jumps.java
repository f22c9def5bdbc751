// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.TryTree;
import java.util.List;

/** Statements that never complete normally, as far as that can be seen from their end. */
final class Jumps {
    private Jumps() {}

    static boolean endsWithOne(StatementTree tree) {
        if (tree instanceof BlockTree block) {
            List<? extends StatementTree> all = block.getStatements();
            return !all.isEmpty() && endsWithOne(all.get(all.size() - 1));
        }
        if (tree instanceof IfTree branches) {
            return branches.getElseStatement() != null
                    && endsWithOne(branches.getThenStatement())
                    && endsWithOne(branches.getElseStatement());
        }
        if (tree instanceof SynchronizedTree locked) {
            return endsWithOne(locked.getBlock());
        }
        if (tree instanceof TryTree attempt) {
            BlockTree last = attempt.getFinallyBlock();
            return last != null && endsWithOne(last)
                    || endsWithOne(attempt.getBlock())
                            && attempt.getCatches().stream().allMatch(each -> endsWithOne(each.getBlock()));
        }
        return tree instanceof ThrowTree
                || tree instanceof ReturnTree
                || tree instanceof BreakTree
                || tree instanceof ContinueTree;
    }
}
