// SPDX-License-Identifier: Apache-2.0
package com.example.defects;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.JavaProgram;
import org.junit.jupiter.api.Test;

class FourDefectsTest {

    @Test
    void should_print_the_two_exceptions_when_not_fixed() throws Exception {
        JavaProgram program = JavaProgram.run("com.example.defects.FourDefects");

        assertThat(program.exitCode()).isZero();
        assertThat(program.output().lines())
                .containsExactly(
                        "bytes mailed: 95",
                        "preview: the page that is looked at",
                        "the printer cannot release its page: refCnt: 0, decrement: 1",
                        "the status begins with 's'",
                        "the status cannot be read: refCnt: 0",
                        "rounds: 1");
    }

    @Test
    void should_print_no_exception_when_fixed() throws Exception {
        JavaProgram program = JavaProgram.run("com.example.defects.FourDefects", "--fixed");

        assertThat(program.exitCode()).isZero();
        assertThat(program.output().lines())
                .containsExactly(
                        "bytes mailed: 95",
                        "preview: the page that is looked at",
                        "the status begins with 's'",
                        "the status begins with 's'",
                        "rounds: 1");
    }

    @Test
    void should_repeat_the_defects_when_given_seconds() throws Exception {
        JavaProgram program = JavaProgram.run("com.example.defects.FourDefects", "--seconds", "1");

        assertThat(program.exitCode()).isZero();
        assertThat(program.output()).containsPattern("rounds: [2-6]");
    }
}
