// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.weave.rules.Operation.Target;
import dev.heldby.weave.rules.Operation.When;
import dev.heldby.weave.rules.Operation.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may be said of an excuse, and of nothing else. */
class ClausesTest {

    @Test
    void should_read_an_excuse_for_what_a_failing_method_leaves_behind() throws Exception {
        Operation excuse = only("excuse com.acme.Pool.fill(Page, int) of argument 1 when thrown");

        assertThat(excuse.word()).isEqualTo(Word.EXCUSE);
        assertThat(excuse.method()).isEqualTo(new MethodPattern("com.acme.Pool", "fill", List.of("Page", "int")));
        assertThat(excuse.target()).isEqualTo(new Target(1));
        assertThat(excuse.when()).isEqualTo(When.THROWN);
        assertThat(excuse.through()).isNull();
    }

    @Test
    void should_read_an_excuse_for_what_is_inside_a_wrapper() throws Exception {
        assertThat(only("excuse com.acme.Pinned.<init> of argument 1 through unwrap")
                        .through())
                .isEqualTo("unwrap");
    }

    @Test
    void should_refuse_when_thrown_of_anything_but_an_excuse() {
        assertRefused("get retain() when thrown", "only excuse has \"when thrown\", and not of the result.");
        assertRefused("excuse make() of result when thrown", "only excuse has \"when thrown\", and not of the result.");
        assertRefused("excuse make() when", "something is missing after \"when\".");
        assertRefused("get retain() when false", "\"when\" knows \"true\" and \"thrown\".");
    }

    @Test
    void should_refuse_through_on_anything_but_an_excuse() {
        assertRefused("put release() through unwrap", "only excuse has \"through\".");
    }

    private static void assertRefused(String line, String problem) {
        assertThatThrownBy(() -> only(line))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessage("my.rules line 3: " + problem);
    }

    private static Operation only(String line) throws RuleSyntaxException {
        return new RuleParser("my.rules")
                .parse(List.of("rule acme", "type com.acme.Page", line))
                .get(0)
                .types()
                .get(0)
                .operations()
                .get(0);
    }
}
