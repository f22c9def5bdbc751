// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.JavaProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberedExamplesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    E01_ForgottenStream             |                     | not empty
                    E01_ForgottenStream             | --fixed             | not empty
                    E02_CacheForgetsItsRelease      |                     | references left: 1
                    E02_CacheForgetsItsRelease      | --fixed             | references left: 0
                    E03_WrongHolderReleases         |                     | one release too many: refCnt: 0, decrement: 1
                    E03_WrongHolderReleases         | --fixed             | every release was fine
                    E03_WrongHolderReleases         | --ambiguous         | one release too many: refCnt: 0, decrement: 1
                    E03_WrongHolderReleases         | --ambiguous --fixed | every release was fine
                    E04_ReadAfterRelease            |                     | wrote something that is gone: refCnt: 0
                    E04_ReadAfterRelease            | --fixed             | wrote 'x'
                    E05_OneBugTenPatterns           |                     | buffers used: 2000
                    E05_OneBugTenPatterns           | --fixed             | buffers used: 2000
                    E06_ZipAndDirectoryStreams      |                     | bytes: 3
                    E06_ZipAndDirectoryStreams      | --fixed             | bytes: 3
                    E07_DeviceWithHolders           | --fixed             | users left: 0
                    E08_ReaderWithUsersAndCount     | --fixed             | users left: 0, count left: 0
                    E09_HandleAroundANativeResource |                     | the meter was refused, with 1 reference left
                    E09_HandleAroundANativeResource | --fixed             | bytes inflated: 5
                    E10_OffHeapMapThatForgets       |                     | entries left: 100
                    E10_OffHeapMapThatForgets       | --fixed             | entries left: 100
                    """, quoteCharacter = '"')
    void should_run_to_its_end_when_started(String example, String options, String lastLine) throws Exception {
        String command = "com.example.numbered." + example + (options == null ? "" : " " + options);

        JavaProgram program = JavaProgram.run(command.split(" "));

        assertThat(program.exitCode()).isZero();
        assertThat(program.output().lines()).last().isEqualTo(lastLine);
    }
}
