package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
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
    ResponseEntity<byte[]> asset(
            HttpServletRequest request,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String accepted) {
        Assets.Asset asset = Assets.at(request.getRequestURI());
        if (asset == null) {
            return ResponseEntity.notFound().build();
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .eTag(asset.entityTag())
                .header(HttpHeaders.CONTENT_TYPE, asset.type())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
                .header("X-Content-Type-Options", "nosniff");
        boolean gzip = accepted != null && accepted.contains("gzip");
        return gzip
                ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(asset.gzipped())
                : answer.body(asset.plain());
    }
}
