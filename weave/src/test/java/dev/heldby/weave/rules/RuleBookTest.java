// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private static final String TEXT = """
            rule exact
            type a.b.One
              put close
              put a.b.Desk.giveBack of argument 1
            rule everywhere
            shaded
            type a.b.Two$Inner
              put close
            type annotated a.Counted
              put close
            """;

    private static RuleBook book() throws RuleSyntaxException {
        return new RuleBook(new RuleParser("my.rules").parse(TEXT.lines().toList()));
    }

    private static List<String> owners(String className) throws RuleSyntaxException {
        return book().entries(className).stream().map(RuleBook.Entry::owner).toList();
    }

    @Test
    void should_find_a_class_when_its_name_is_the_rules() throws Exception {
        assertThat(owners("a/b/One")).containsExactly("a.b.One");
    }

    @Test
    void should_find_nothing_when_only_the_simple_name_is_the_same() throws Exception {
        assertThat(owners("a/c/One")).isEmpty();
        assertThat(owners("One")).isEmpty();
    }

    @Test
    void should_find_a_copy_in_another_package_only_when_the_rule_is_shaded() throws Exception {
        assertThat(owners("x/a/b/One")).isEmpty();
        assertThat(owners("x/y/a/b/Two$Inner")).containsExactly("a.b.Two$Inner");
        assertThat(owners("a/b/Two$Inner")).containsExactly("a.b.Two$Inner");
    }

    @Test
    void should_find_nothing_when_the_names_end_alike_but_not_at_a_package() throws Exception {
        assertThat(owners("xa/b/Two$Inner")).isEmpty();
    }

    @Test
    void should_find_a_nested_class_by_its_whole_name_alone() throws Exception {
        assertThat(owners("a/b/Two")).isEmpty();
        assertThat(owners("a/b/Inner")).isEmpty();
        assertThat(owners("a/b/One$Two$Inner")).isEmpty();
    }

    @Test
    void should_tell_the_counted_type_from_a_class_that_works_on_it() throws Exception {
        RuleBook.Entry counted = book().entries("a/b/One").get(0);
        RuleBook.Entry desk = book().entries("a/b/Desk").get(0);

        assertThat(counted.isCountedType()).isTrue();
        assertThat(desk.isCountedType()).isFalse();
        assertThat(counted.operations())
                .extracting(operation -> operation.method().name())
                .containsExactly("close");
        assertThat(desk.operations())
                .extracting(operation -> operation.method().name())
                .containsExactly("giveBack");
    }

    @Test
    void should_find_an_annotated_type_by_the_annotation_alone() throws Exception {
        assertThat(book().annotations()).containsExactly("La/Counted;");
        assertThat(book().annotated("La/Counted;")).hasSize(1);
        assertThat(book().annotated("La/Other;")).isEmpty();
        assertThat(owners("a/Counted")).isEmpty();
    }

    @Test
    void should_find_what_allocates_by_each_class_that_a_stanza_names() throws Exception {
        RuleBook book = new RuleBook(new RuleParser("my.rules")
                .parse(List.of("rule r", "shaded", "blocks a.B", "  alloc a.C.make", "  free x of argument 1")));

        assertThat(book.entries("a/B")).isEmpty();
        assertThat(book.blocks("a/B").get(0).operations())
                .extracting(BlockOperation::word)
                .containsExactly(BlockOperation.Word.FREE);
        assertThat(book.blocks("x/a/C").get(0).operations())
                .extracting(BlockOperation::word)
                .containsExactly(BlockOperation.Word.ALLOC);
        assertThat(book.blocks("a/D")).isEmpty();
    }
}
