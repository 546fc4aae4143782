package dev.plimsoll.inventory.java;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Groups of widespread artifacts whose older archives carry no coordinates. Facts as Maven Central lists them.
final class WellKnownGroups {

    private static final Map<String, String> GROUPS = Map.ofEntries(
            Map.entry("ant", "org.apache.ant"),
            Map.entry("antlr", "antlr"),
            Map.entry("asm", "org.ow2.asm"),
            Map.entry("catalina-ant", "org.apache.tomcat"),
            Map.entry("commons-beanutils", "commons-beanutils"),
            Map.entry("commons-chain", "commons-chain"),
            Map.entry("commons-codec", "commons-codec"),
            Map.entry("commons-collections", "commons-collections"),
            Map.entry("commons-dbcp", "commons-dbcp"),
            Map.entry("commons-fileupload", "commons-fileupload"),
            Map.entry("commons-httpclient", "commons-httpclient"),
            Map.entry("commons-io", "commons-io"),
            Map.entry("commons-lang", "commons-lang"),
            Map.entry("commons-logging", "commons-logging"),
            Map.entry("commons-pool", "commons-pool"),
            Map.entry("dom4j", "dom4j"),
            Map.entry("groovy-all", "org.codehaus.groovy"),
            Map.entry("guava", "com.google.guava"),
            Map.entry("h2", "com.h2database"),
            Map.entry("javax.inject", "javax.inject"),
            Map.entry("jdom", "org.jdom"),
            Map.entry("jna", "net.java.dev.jna"),
            Map.entry("jna-platform", "net.java.dev.jna"),
            Map.entry("jsch", "com.jcraft"),
            Map.entry("junit", "junit"),
            Map.entry("jython-standalone", "org.python"),
            Map.entry("log4j", "log4j"),
            Map.entry("mysql-connector-java", "mysql"),
            Map.entry("ojdbc8", "com.oracle.database.jdbc"),
            Map.entry("picocli", "info.picocli"),
            Map.entry("postgresql", "org.postgresql"),
            Map.entry("snakeyaml", "org.yaml"),
            Map.entry("struts", "struts"),
            Map.entry("velocity", "org.apache.velocity"),
            Map.entry("xalan", "xalan"),
            Map.entry("xercesImpl", "xerces"),
            Map.entry("xmlrpc-client", "org.apache.xmlrpc"),
            Map.entry("xstream", "com.thoughtworks.xstream"));

    /// By how an artifact's name begins; the first that fits counts, so the longer ones stand first.
    private static final List<Map.Entry<String, String>> FAMILIES = List.of(
            Map.entry("asm-", "org.ow2.asm"),
            Map.entry("bcmail-jdk", "org.bouncycastle"),
            Map.entry("bcpg-jdk", "org.bouncycastle"),
            Map.entry("bcpkix-jdk", "org.bouncycastle"),
            Map.entry("bcprov-jdk", "org.bouncycastle"),
            Map.entry("hibernate-validator", "org.hibernate.validator"),
            Map.entry("httpclient", "org.apache.httpcomponents"),
            Map.entry("httpcore", "org.apache.httpcomponents"),
            Map.entry("junit-jupiter", "org.junit.jupiter"),
            Map.entry("junit-platform-", "org.junit.platform"),
            Map.entry("kotlin-", "org.jetbrains.kotlin"),
            Map.entry("log4j-", "org.apache.logging.log4j"),
            Map.entry("netty-", "io.netty"),
            Map.entry("spring-boot", "org.springframework.boot"),
            Map.entry("spring-cloud-", "org.springframework.cloud"),
            Map.entry("spring-data-", "org.springframework.data"),
            Map.entry("spring-integration-", "org.springframework.integration"),
            Map.entry("spring-kafka", "org.springframework.kafka"),
            Map.entry("spring-security-", "org.springframework.security"),
            Map.entry("struts2-", "org.apache.struts"),
            Map.entry("tomcat-embed-", "org.apache.tomcat.embed"),
            Map.entry("tomcat-", "org.apache.tomcat"));

    /// The artifacts of the Spring Framework itself; its other projects have groups of their own.
    private static final Set<String> SPRING_FRAMEWORK = Set.of(
            "aop",
            "aspects",
            "beans",
            "context",
            "context-indexer",
            "context-support",
            "core",
            "core-test",
            "expression",
            "instrument",
            "jcl",
            "jdbc",
            "jms",
            "messaging",
            "orm",
            "oxm",
            "r2dbc",
            "test",
            "tx",
            "web",
            "webflux",
            "webmvc",
            "webmvc-portlet",
            "websocket");

    private WellKnownGroups() {}

    static Optional<String> of(String artifact) {
        if (artifact.startsWith("spring-") && SPRING_FRAMEWORK.contains(artifact.substring("spring-".length()))) {
            return Optional.of("org.springframework");
        }
        return Optional.ofNullable(GROUPS.get(artifact))
                .or(() -> FAMILIES.stream()
                        .filter(family -> artifact.startsWith(family.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }
}
