// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.tracker.Directory;
import dev.heldby.tracker.Tracker;

public final class Printing {
    public static void main(String[] args) {
        // sample
        Directory printer = Directory.builder("printer").capacity(1000).open();
        Tracker letter = printer.take("the letter");
        Tracker photo = printer.take("the photo");
        System.out.print(printer.report());

        System.out.println(letter.release());
        System.out.println(letter.release());
        // end
        photo.release();
        printer.close();
    }
}
