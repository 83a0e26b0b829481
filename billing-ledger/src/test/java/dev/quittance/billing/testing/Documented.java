package dev.quittance.billing.testing;

import dev.quittance.localstack.openapi.Answers;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.nio.file.Path;

/** Fails the test that is answered with an error which the committed document does not name. */
final class Documented implements Filter {
    static final Documented FILTER = new Documented();

    private final Answers answers = new Answers(Path.of(System.getProperty("quittance.root")), "billing-ledger");

    private Documented() {}

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        answers.surprise(
                        request.getMethod(),
                        URI.create(request.getURI()).getPath(),
                        response.statusCode(),
                        response.asString())
                .ifPresent(surprise -> {
                    throw new AssertionError(surprise);
                });
        return response;
    }
}
