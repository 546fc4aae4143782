package dev.plimsoll.inventory.serial;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Shows our JSON to the schema's validator.
record SchemaNode(String getJsonPointer, JsonValue value) implements JsonNode {

    static final JsonNodeFactory FACTORY = new JsonNodeFactory() {
        @Override
        public JsonNode wrap(Object node) {
            return node instanceof JsonNode already ? already : new SchemaNode("", (JsonValue) node);
        }

        @Override
        public JsonNode create(String text) {
            try {
                return new SchemaNode("", JsonReader.read(text, JsonLimits.FOREIGN.withBytes(1L << 30)));
            } catch (JsonException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    @Override
    public SimpleType getNodeType() {
        return switch (value) {
            case JsonObject _ -> SimpleType.OBJECT;
            case JsonArray _ -> SimpleType.ARRAY;
            case JsonString _ -> SimpleType.STRING;
            case JsonNumber(var number) ->
                number.stripTrailingZeros().scale() <= 0 ? SimpleType.INTEGER : SimpleType.NUMBER;
            case JsonBoolean _ -> SimpleType.BOOLEAN;
            case JsonNull _ -> SimpleType.NULL;
        };
    }

    @Override
    public boolean asBoolean() {
        return ((JsonBoolean) value).value();
    }

    @Override
    public String asString() {
        return ((JsonString) value).text();
    }

    @Override
    public BigInteger asInteger() {
        return asNumber().toBigInteger();
    }

    @Override
    public BigDecimal asNumber() {
        return ((JsonNumber) value).number();
    }

    @Override
    public List<JsonNode> asArray() {
        var nodes = new ArrayList<JsonNode>();
        for (var element : ((JsonArray) value).elements()) {
            nodes.add(new SchemaNode(getJsonPointer + "/" + nodes.size(), element));
        }
        return nodes;
    }

    @Override
    public Map<String, JsonNode> asObject() {
        var nodes = new LinkedHashMap<String, JsonNode>();
        ((JsonObject) value)
                .members()
                .forEach((name, member) -> nodes.put(
                        name, new SchemaNode(getJsonPointer + "/" + JsonNode.encodeJsonPointer(name), member)));
        return nodes;
    }
}
