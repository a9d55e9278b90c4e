package io.perennial.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A disk whose power can be cut: an ext4 file system in an image that lies on XFS. What ext4 has not written yet is only in
 * memory, so an instant copy of the image is the disk as it is after a power cut. Work goes on meanwhile, and any number
 * of cuts can be taken.
 */
final class CutDisk implements AutoCloseable {

    private static final String ROOM_FOR_IMAGES = "12G";
    private static final String SIZE = "1500M";

    private final Path outer;
    private final Path inner;
    private final Path looked;
    private final Path image;
    private boolean outerMounted;
    private boolean innerMounted;
    private boolean lookedMounted;

    private CutDisk(Path directory) throws IOException {
        this.outer = Files.createDirectories(directory.resolve("outer"));
        this.inner = Files.createDirectories(directory.resolve("inner"));
        this.looked = Files.createDirectories(directory.resolve("after-the-cut"));
        this.image = outer.resolve("disk.img");
    }

    /** @throws TestAbortedException with the reason where such a disk cannot be made */
    static CutDisk in(Path directory) throws IOException, InterruptedException {
        Root.needed("mkfs.xfs", "mkfs.ext4", "losetup");
        CutDisk disk = new CutDisk(directory);
        String problem = disk.make(directory.resolve("outer.img"));
        if (problem != null) {
            disk.close();
            throw new TestAbortedException("No disk can be made here: " + problem);
        }
        return disk;
    }

    private @Nullable String make(Path outerImage) throws IOException, InterruptedException {
        List<List<String>> steps = List.of(
                List.of("truncate", "-s", ROOM_FOR_IMAGES, outerImage.toString()),
                List.of("mkfs.xfs", "-q", "-m", "reflink=1", outerImage.toString()),
                List.of("mount", "-o", "loop", outerImage.toString(), outer.toString()),
                List.of("truncate", "-s", SIZE, image.toString()),
                List.of("mkfs.ext4", "-q", image.toString()),
                List.of("mount", "-o", "loop", image.toString(), inner.toString()));
        for (List<String> step : steps) {
            Root.Said said = Root.tell(step.toArray(String[]::new));
            if (!said.good()) {
                return String.join(" ", step) + ": " + said.said().strip();
            }
            outerMounted |= step.contains(outer.toString());
            innerMounted |= step.contains(inner.toString());
        }
        return null;
    }

    /** Where the file system is to be used. */
    Path root() {
        return inner;
    }

    /** Cuts the power at this moment. @return what is on the disk then */
    Path cut(String name) throws IOException, InterruptedException {
        Path copy = outer.resolve(name + ".img");
        Root.must("cp", "--reflink=always", image.toString(), copy.toString());
        return copy;
    }

    /** Switches the power on again after that cut. @return where the disk is mounted now; one at a time */
    Path lookAt(Path cut) throws IOException, InterruptedException {
        Root.must("mount", "-o", "loop", cut.toString(), looked.toString());
        lookedMounted = true;
        return looked;
    }

    /** Forgets that cut. */
    void leave(Path cut) throws IOException, InterruptedException {
        unmount(looked);
        lookedMounted = false;
        Files.delete(cut);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (lookedMounted) {
            unmount(looked);
        }
        if (innerMounted) {
            unmount(inner);
        }
        if (outerMounted) {
            unmount(outer);
        }
    }

    /** Processes that were killed may hold a file for a moment longer. */
    private static void unmount(Path place) throws IOException, InterruptedException {
        for (int i = 0; i < 50 && !Root.tell("umount", place.toString()).good(); i++) {
            Thread.sleep(200);
        }
        if (Root.tell("mountpoint", "-q", place.toString()).good()) {
            Root.must("umount", "--lazy", place.toString());
        }
    }
}
