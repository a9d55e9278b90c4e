package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** Hands out {@link Assets} for a year; an address that is not of this version answers 404. */
@Controller
class AssetDelivery {

    /** Reads everything at start, so that a missing file is found then and not by the first visitor. */
    AssetDelivery() {
        Assets.url("perennial.css");
    }

    @GetMapping("/_static/{hash}/{name}")
    void asset(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String accepted)
            throws IOException {
        Assets.Asset asset = Assets.at(request.getRequestURI());
        if (asset == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        // Set, not added: pages are not to be stored, assets are.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
        response.setHeader(HttpHeaders.ETAG, asset.entityTag());
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(asset.type());
        boolean gzip = accepted != null && accepted.contains("gzip");
        if (gzip) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        byte[] content = gzip ? asset.gzipped() : asset.plain();
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }
}
