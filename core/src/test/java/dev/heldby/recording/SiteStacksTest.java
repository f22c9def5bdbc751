// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SiteStacksTest {
    private static final int SITE = 7;
    private static final int STACK = 3;

    private final SiteStacks sites = new SiteStacks();

    private void see(int site, int stack, int times) {
        for (int i = 0; i < times; i++) {
            sites.learn(site, stack);
        }
    }

    private int trustedOf(int calls) {
        int trusted = 0;
        for (int i = 0; i < calls; i++) {
            trusted += sites.trusted(SITE) == STACK ? 1 : 0;
        }
        return trusted;
    }

    @Test
    void should_trust_no_site_before_it_had_one_stack_often() {
        see(SITE, STACK, SiteStacks.TRUST_AFTER);

        assertThat(trustedOf(100)).isZero();
    }

    @Test
    void should_check_one_call_in_sixteen_when_a_site_is_trusted() {
        see(SITE, STACK, SiteStacks.TRUST_AFTER + 1);

        assertThat(trustedOf(10 * SiteStacks.CHECK_EVERY)).isEqualTo(10 * (SiteStacks.CHECK_EVERY - 1));
    }

    @Test
    void should_never_trust_a_site_again_that_showed_a_second_stack() {
        see(SITE, STACK, SiteStacks.TRUST_AFTER + 1);
        see(SITE, STACK + 1, 1);
        see(SITE, STACK, 10 * SiteStacks.TRUST_AFTER);

        assertThat(trustedOf(100)).isZero();
    }

    @Test
    void should_trust_nothing_for_a_while_after_a_bad_end() {
        see(SITE, STACK, SiteStacks.TRUST_AFTER + 1);
        sites.distrust();

        assertThat(trustedOf(100)).isZero();
        see(SITE, STACK, 200_000);
        assertThat(trustedOf(2 * SiteStacks.CHECK_EVERY)).isPositive();
    }

    @Test
    void should_know_each_site_by_itself() {
        see(SITE, STACK, SiteStacks.TRUST_AFTER + 1);

        assertThat(sites.trusted(SITE + 1)).isZero();
    }
}
