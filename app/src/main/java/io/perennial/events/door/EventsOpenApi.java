package io.perennial.events.door;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Tells the API description of the one address for events that is no controller. The words stand with the others in
 * {@code api-words.properties}, so this comes before they are filled in.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class EventsOpenApi implements OpenApiCustomizer {

    private static final String KEY = "writeKey";
    private static final String TAG = "Events";
    private static final Schema<?> EVENT = new Schema<>().$ref("#/components/schemas/CloudEvent");

    @Override
    public void customise(OpenAPI api) {
        api.addTagsItem(new Tag().name(TAG).description("Use of your product, as it happens."));
        api.getComponents().addSchemas("CloudEvent", event());
        api.getComponents()
                .addSecuritySchemes(
                        KEY,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("basic")
                                .description("The write key of a source as the user name, with an empty password."));
        api.path(
                Addresses.CLOUD_EVENTS,
                new PathItem()
                        .post(
                                new Operation()
                                        .operationId("post-events")
                                        .addTagsItem(TAG)
                                        .security(List.of(new SecurityRequirement().addList(KEY)))
                                        .parameters(List.of(
                                                header("ce-specversion"),
                                                header("ce-id"),
                                                header("ce-source"),
                                                header("ce-type"),
                                                header("ce-time"),
                                                header("ce-userid"),
                                                header("ce-accountid")))
                                        .requestBody(new RequestBody()
                                                .description(
                                                        "One event, a list of at most %,d, or the data of an event whose"
                                                                        .formatted(DoorLimits.BATCH_EVENTS)
                                                                + " attributes stand in headers.")
                                                .required(true)
                                                .content(new Content()
                                                        .addMediaType(
                                                                "application/cloudevents+json",
                                                                new MediaType().schema(EVENT))
                                                        .addMediaType(
                                                                "application/cloudevents-batch+json",
                                                                new MediaType()
                                                                        .schema(new ArraySchema()
                                                                                .items(EVENT)
                                                                                .maxItems(DoorLimits.BATCH_EVENTS)))
                                                        .addMediaType(
                                                                "application/json",
                                                                new MediaType().schema(new Schema<>()))))
                                        .responses(
                                                new ApiResponses()
                                                        .addApiResponse(
                                                                "200",
                                                                new ApiResponse()
                                                                        .description(
                                                                                "Committed: what was taken is never lost and is"
                                                                                        + " counted once. Refused events of a list are named.")))));
    }

    /** Its words come from the file. */
    private static Parameter header(String name) {
        return new HeaderParameter().name(name).schema(new StringSchema());
    }

    private static Schema<?> event() {
        Schema<Object> event = new ObjectSchema();
        for (String attribute : List.of(
                "specversion", "id", "source", "type", "time", "subject", "userid", "anonymousid", "accountid")) {
            event.addProperty(attribute, new StringSchema());
        }
        event.addProperty("data", new ObjectSchema());
        event.setRequired(List.of("specversion", "id", "source", "type"));
        return event;
    }
}
