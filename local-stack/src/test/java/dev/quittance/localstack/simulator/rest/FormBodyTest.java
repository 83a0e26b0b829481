package dev.quittance.localstack.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class FormBodyTest {
    @Test
    void nestedBracketsBecomeATree() {
        // Given
        String body = "mode=payment&line_items[0][price]=price_1&line_items[0][quantity]=2"
                + "&line_items%5B1%5D%5Bprice%5D=price_2&metadata[points]=500&metadata[note]=a%26b+c";

        // When
        ObjectNode tree = FormBody.parse(body);

        // Then
        assertThat(tree.toString())
                .isEqualTo("{\"mode\":\"payment\",\"line_items\":[{\"price\":\"price_1\",\"quantity\":\"2\"},"
                        + "{\"price\":\"price_2\"}],\"metadata\":{\"points\":\"500\",\"note\":\"a&b c\"}}");
    }

    @Test
    void emptyBracketsAndShuffledIndicesKeepTheirOrder() {
        // When
        ObjectNode tree = FormBody.parse("expand[]=a&expand[]=b&types[1]=y&types[0]=x");

        // Then
        assertThat(tree.toString()).isEqualTo("{\"expand\":[\"a\",\"b\"],\"types\":[\"x\",\"y\"]}");
    }

    @Test
    void metadataWithNumbersAsKeysStaysAMap() {
        // When
        ObjectNode tree = FormBody.parse("metadata[0]=x&product_data[metadata][7]=y");

        // Then
        assertThat(tree.toString())
                .isEqualTo("{\"metadata\":{\"0\":\"x\"},\"product_data\":{\"metadata\":{\"7\":\"y\"}}}");
    }

    @Test
    void brokenFormsAreRefusedAsStripeRefuses() {
        for (String body : new String[] {"a=%zz", "a[b=1", "a=1&a[b]=2", "a[b][c][d][e][f][g][h][i]=1"}) {
            assertThatThrownBy(() -> FormBody.parse(body)).as(body).isInstanceOf(StripeFailure.class);
        }
    }
}
