// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackPointersTest {
    @Test
    void should_tell_the_stack_pointer_when_the_thread_waits_in_a_system_call() {
        assertThat(StackPointers.parse("202 0x7f4d 0x189 0x0 0x0 0x0 0xffffffff 0x7f41aac4b160 0x7f41ac0e9e26\n"))
                .isEqualTo(0x7f41aac4b160L);
    }

    @Test
    void should_tell_the_stack_pointer_when_the_thread_waits_for_a_page() {
        assertThat(StackPointers.parse("-1 0x7f41aac4b160 0x7f41ac0e9e26")).isEqualTo(0x7f41aac4b160L);
    }

    @Test
    void should_tell_none_when_the_thread_runs_or_the_kernel_hides_it() {
        assertThat(StackPointers.parse("running\n")).isZero();
        assertThat(StackPointers.parse("")).isZero();
        assertThat(StackPointers.parse("-1 0xffffffffff600400 0x0")).isZero();
    }
}
