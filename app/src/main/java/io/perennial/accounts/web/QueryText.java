package io.perennial.accounts.web;

import io.perennial.accounts.list.ListView;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** Reads a view back from the query text that a form carries along. */
final class QueryText {

    private QueryText() {}

    static ListView parse(String query) {
        MultiValueMap<String, String> parameters =
                UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
        MultiValueMap<String, String> decoded = new org.springframework.util.LinkedMultiValueMap<>();
        parameters.forEach((name, values) -> values.forEach(
                value -> decoded.add(name, value == null ? "" : URLDecoder.decode(value, StandardCharsets.UTF_8))));
        return ListView.parse(
                decoded.getFirst("q"),
                decoded.get("filter"),
                decoded.getFirst("sort"),
                decoded.getFirst("group"),
                decoded.getFirst("columns"));
    }
}
