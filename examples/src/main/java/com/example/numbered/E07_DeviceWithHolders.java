// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import dev.heldby.tracker.Directory;
import dev.heldby.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/*
 * A device that knows who holds it: the program has the tracking library built in.
 *
 * Notice:
 *  - the device counts its references itself; the directory beside it says who took them;
 *  - a tunnel that cannot be set up forgets the device, and taking the device down names Tunnel.open, and the place where
 *    tunnels give it back when all goes well;
 *  - without any agent the program says so itself, in its log; under heldby it is a finding like any other.
 */
public final class E07_DeviceWithHolders {

    private E07_DeviceWithHolders() {}

    public static void main(String[] args) {
        boolean fixed = List.of(args).contains("--fixed");
        Device device = new Device();
        List<Tunnel> tunnels = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Tunnel tunnel = Tunnel.open(device, i, fixed);
            if (tunnel != null) {
                tunnels.add(tunnel);
            }
        }
        tunnels.forEach(Tunnel::close);
        device.takeDown();
    }

    private static final class Device {
        private final AtomicInteger users = new AtomicInteger();
        private final Directory directory = Directory.named("device");

        void takeDown() {
            System.out.println("users left: " + users.get());
            directory.close();
        }
    }

    private static final class Tunnel {
        private final Device device;
        private final Tracker held;

        private Tunnel(Device device, Tracker held) {
            this.device = device;
            this.held = held;
        }

        static Tunnel open(Device device, int port, boolean fixed) {
            device.users.incrementAndGet();
            Tracker held = device.directory.take();
            if (port == 13) {
                if (fixed) {
                    held.release();
                    device.users.decrementAndGet();
                }
                return null; // no such port, and the device is forgotten
            }
            return new Tunnel(device, held);
        }

        void close() {
            held.release();
            device.users.decrementAndGet();
        }
    }

    /*
     * To run:
     *   heldby run -- java -cp examples/target/heldby-examples.jar com.example.numbered.E07_DeviceWithHolders [--fixed]
     */
}
