// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes a failing program short: leaves out what it fails without, the largest first. */
final class Reducer {
    /** A part of the source, and what may stand in its place. */
    private record Cut(int from, int to, String instead) {
        String of(String source) {
            return source.substring(0, from) + instead + source.substring(to);
        }

        int saved() {
            return to - from - instead.length();
        }
    }

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Compiler compiler;
    private final Predicate<Compiled> fails;

    Reducer(Compiler compiler, Predicate<Compiled> fails) {
        this.compiler = compiler;
        this.fails = fails;
    }

    /** Fails as the given one does, unless that does not; as short as it became in a minute. */
    Program reduce(Program program) {
        long end = System.nanoTime() + LONGEST.toNanos();
        Program shortest = program;
        boolean shorter = true;
        while (shorter && System.nanoTime() < end) {
            String before = shortest.source();
            shortest = pass(shortest, end);
            shorter = shortest.source().length() < before.length();
        }
        return shortest.with(
                shortest.source().lines().filter(line -> !line.isBlank()).collect(Collectors.joining("\n", "", "\n")));
    }

    private Program pass(Program program, long end) {
        Program shortest = program;
        List<Cut> cuts = cuts(shortest);
        for (int next = 0; next < cuts.size() && System.nanoTime() < end; ) {
            Program tried = shortest.with(cuts.get(next).of(shortest.source()));
            if (failing(tried)) {
                shortest = tried;
                cuts = cuts(shortest);
            } else {
                next++;
            }
        }
        return shortest;
    }

    /** A program that does not compile, or does not end, is another one. */
    private boolean failing(Program program) {
        try {
            return fails.test(compiler.compile(program));
        } catch (RuntimeException e) {
            return false;
        }
    }

    private List<Cut> cuts(Program program) {
        List<Cut> cuts = new ArrayList<>();
        compiler.parse(
                program, (unit, positions) -> new Finder(unit, positions, program.source(), cuts).scan(unit, null));
        cuts.sort(Comparator.comparingInt(Cut::saved).reversed());
        return cuts;
    }

    private static final class Finder extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String source;
        private final List<Cut> cuts;

        Finder(CompilationUnitTree unit, SourcePositions positions, String source, List<Cut> cuts) {
            this.unit = unit;
            this.positions = positions;
            this.source = source;
            this.cuts = cuts;
        }

        @Override
        public Void scan(Tree tree, Void nothing) {
            if (tree != null && getCurrentPath() != null && tree.getKind() != Tree.Kind.PACKAGE) {
                Tree.Kind around = getCurrentPath().getLeaf().getKind();
                if (around == Tree.Kind.CLASS
                        || around == Tree.Kind.COMPILATION_UNIT
                        || tree instanceof StatementTree) {
                    cut(tree, "");
                }
                if (tree instanceof MethodInvocationTree
                        || tree instanceof NewClassTree
                        || tree instanceof SwitchExpressionTree) {
                    cut(tree, "null");
                    cut(tree, "0");
                }
            }
            return super.scan(tree, nothing);
        }

        /** A statement's body can stand for the statement. */
        @Override
        public Void visitBlock(BlockTree tree, Void nothing) {
            Tree around = getCurrentPath().getParentPath().getLeaf();
            if (around instanceof StatementTree && !(around instanceof VariableTree)) {
                cut(around, text(tree));
            }
            chunks(tree.getStatements(), tree.getStatements().size() / 2);
            return super.visitBlock(tree, nothing);
        }

        /** Statements that follow each other, by halves, quarters and so on. */
        private void chunks(List<? extends StatementTree> statements, int size) {
            if (size < 2) {
                return;
            }
            for (int first = 0; first + size <= statements.size(); first += size) {
                cut(start(statements.get(first)), end(statements.get(first + size - 1)), "");
            }
            chunks(statements, size / 2);
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            if (tree.getExtendsClause() != null) {
                cut(tree.getExtendsClause(), "Object");
            }
            return super.visitClass(tree, nothing);
        }

        @Override
        public Void visitModifiers(ModifiersTree tree, Void nothing) {
            cut(tree, "");
            return super.visitModifiers(tree, nothing);
        }

        @Override
        public Void visitNewClass(NewClassTree tree, Void nothing) {
            if (!tree.getArguments().isEmpty()) {
                cut(tree, "new " + tree.getIdentifier() + "()");
            }
            return super.visitNewClass(tree, nothing);
        }

        @Override
        public Void visitConditionalExpression(ConditionalExpressionTree tree, Void nothing) {
            for (ExpressionTree branch : List.of(tree.getTrueExpression(), tree.getFalseExpression())) {
                cut(tree, text(branch));
            }
            return super.visitConditionalExpression(tree, nothing);
        }

        private void cut(Tree tree, String instead) {
            cut(start(tree), end(tree), instead);
        }

        private void cut(int from, int to, String instead) {
            if (from >= 0 && to - from > instead.length() && !isProbe(source.substring(from, to))) {
                cuts.add(new Cut(from, to, instead));
            }
        }

        /** Without these an object of the class is not followed; a class goes as a whole. */
        private boolean isProbe(String text) {
            boolean type = getCurrentPath().getLeaf().getKind() == Tree.Kind.COMPILATION_UNIT;
            return !type && (text.contains("T.destroyed(") || text.contains("T.id("));
        }

        private String text(Tree tree) {
            return source.substring(start(tree), end(tree));
        }

        private int start(Tree tree) {
            return (int) positions.getStartPosition(unit, tree);
        }

        private int end(Tree tree) {
            return (int) positions.getEndPosition(unit, tree);
        }
    }
}
