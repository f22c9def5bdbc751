// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.junit.HeldByExtension;
import dev.heldby.junit.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Uses through variables whose references were given back, in a class that is loaded when the first test uses it. */
@ExtendWith(HeldByExtension.class)
@LeakCheck(waitMillis = 50)
public class Desks {

    @Test
    void writes() {
        new Desk().write();
    }

    @Test
    void writesLate() {
        new Desk().writeLate();
    }
}
