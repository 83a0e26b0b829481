package dev.quittance.voucher.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9457's document.
 *
 * @param code stable, for programs; the rest is for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type, String title, int status, @Nullable String detail, String code) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int RETRY_AFTER_SECONDS = 2;
    private static final String BEARER = "Bearer";

    public static Response response(ErrorCode code) {
        return response(code, code.status(), null);
    }

    /** @param detail must not quote the request */
    public static Response response(ErrorCode code, String detail) {
        return response(code, code.status(), detail);
    }

    /** To be asked again, but not before. */
    public static Response limited(Duration retryAfter) {
        return Response.fromResponse(response(ErrorCode.TOO_MANY_ATTEMPTS))
                .header(HttpHeaders.RETRY_AFTER, retryAfter.plusMillis(999).toSeconds())
                .build();
    }

    static Response response(ErrorCode code, int status, @Nullable String detail) {
        Response.ResponseBuilder response = Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new Problem(type(code), code.title(), status, detail, code.name()));
        if (code == ErrorCode.UNAUTHENTICATED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, BEARER);
        }
        if (code == ErrorCode.UNAVAILABLE) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }

    private static String type(ErrorCode code) {
        return "urn:quittance:problem:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
