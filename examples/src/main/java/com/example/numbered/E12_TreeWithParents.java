// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import dev.heldby.counted.Counted;
import dev.heldby.counted.CountedTypes;
import dev.heldby.counted.Weak;
import java.util.List;

/*
 * A tree whose nodes know their parents. To be run with --counted.
 *
 * Notice:
 *  - parent and child hold each other, so that neither count ever becomes 0: when the program lets go of the root, all five
 *    nodes are left. The collector takes such cycles; a count cannot see them;
 *  - with --fixed the parent is a field that is marked @Weak: it holds nothing, and reads as null once the parent is destroyed.
 *    All nodes go at once, the root first;
 *  - a child that somebody else still holds outlives the tree, and has no parent then.
 */
public final class E12_TreeWithParents {

    private E12_TreeWithParents() {}

    public static void main(String[] args) {
        boolean fixed = List.of(args).contains("--fixed");
        Node kept = plant(fixed);
        System.out.println("nodes left: " + (CountedTypes.allocated() - CountedTypes.destroyed()));
        System.out.println(kept.name + " below " + (kept.parent() == null ? "nothing" : kept.parent().name));
    }

    private static Node plant(boolean fixed) {
        Node root = new Node("root", null, fixed);
        root.left = new Node("left", root, fixed);
        root.right = new Node("right", root, fixed);
        root.left.left = new Node("leaf", root.left, fixed);
        root.left.right = new Node("bud", root.left, fixed);
        return root.right;
    }

    @Counted(destructor = "fell")
    private static final class Node {
        private final String name;
        private Node left;
        private Node right;
        private Node parent;

        @Weak
        private Node weakParent;

        Node(String name, Node parent, boolean fixed) {
            this.name = name;
            if (fixed) {
                weakParent = parent;
            } else {
                this.parent = parent;
            }
        }

        Node parent() {
            return parent == null ? weakParent : parent;
        }

        void fell() {
            System.out.println(name + " is gone");
        }
    }

    /*
     * To run:
     *   heldby run --counted -- java -cp examples/target/classes com.example.numbered.E12_TreeWithParents [--fixed]
     */
}
