// SPDX-License-Identifier: Apache-2.0
package shop;

/** Lends a pen that it keeps a reference to, and writes with it when it has given its own back, or before. */
final class Desk {
    private Pen drawer;

    /** A counted type. */
    static final class Pen {
        private int holders = 1;

        Pen retain() {
            holders++;
            return this;
        }

        void release() {
            holders--;
        }

        void write() {
            if (holders == 0) {
                throw new IllegalStateException("no pen");
            }
        }
    }

    void writeLate() {
        Pen pen = new Pen();
        keep(pen);
        pen.release();
        pen.write();
        drawer.release();
    }

    void write() {
        Pen pen = new Pen();
        keep(pen);
        pen.write();
        pen.release();
        drawer.release();
    }

    private void keep(Pen pen) {
        drawer = pen.retain();
    }
}
