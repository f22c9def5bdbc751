// SPDX-License-Identifier: Apache-2.0
package com.example.defects;

import java.nio.charset.StandardCharsets;

/** Shows a page before it is printed. Defect: releases the page, which it never retained. */
final class Preview {

    private final boolean fixed;

    Preview(boolean fixed) {
        this.fixed = fixed;
    }

    void show(Page page) {
        System.out.println("preview: " + page.content().toString(StandardCharsets.UTF_8));
        if (!fixed) {
            page.content().release();
        }
    }
}
