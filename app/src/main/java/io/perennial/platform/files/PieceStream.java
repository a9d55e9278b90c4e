package io.perennial.platform.files;

import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/** Reads one piece after the other; holds one at a time. */
final class PieceStream extends InputStream {

    private final IntFunction<Optional<byte[]>> pieces;
    private byte[] piece = new byte[0];
    private int at;
    private int next;

    PieceStream(IntFunction<Optional<byte[]>> pieces) {
        this.pieces = pieces;
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : piece[at++] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int taken = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, buffer, offset, taken);
        at += taken;
        return taken;
    }

    private boolean isAtEnd() {
        while (at == piece.length) {
            Optional<byte[]> more = pieces.apply(next);
            if (more.isEmpty()) {
                return true;
            }
            piece = more.get();
            at = 0;
            next++;
        }
        return false;
    }
}
