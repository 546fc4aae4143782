package dev.plimsoll.inventory.java;

import java.util.Map;
import java.util.Optional;

/// Groups of widespread artifacts whose older archives carry no coordinates. Facts as Maven Central lists them.
final class WellKnownGroups {

    private static final Map<String, String> GROUPS = Map.ofEntries(
            Map.entry("ant", "org.apache.ant"),
            Map.entry("antlr", "antlr"),
            Map.entry("asm", "org.ow2.asm"),
            Map.entry("catalina", "org.apache.tomcat"),
            Map.entry("commons-beanutils", "commons-beanutils"),
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
            Map.entry("httpclient", "org.apache.httpcomponents"),
            Map.entry("httpcore", "org.apache.httpcomponents"),
            Map.entry("jdom", "org.jdom"),
            Map.entry("jsch", "com.jcraft"),
            Map.entry("junit", "junit"),
            Map.entry("log4j", "log4j"),
            Map.entry("log4j-api", "org.apache.logging.log4j"),
            Map.entry("log4j-core", "org.apache.logging.log4j"),
            Map.entry("mysql-connector-java", "mysql"),
            Map.entry("ojdbc8", "com.oracle.database.jdbc"),
            Map.entry("postgresql", "org.postgresql"),
            Map.entry("snakeyaml", "org.yaml"),
            Map.entry("spring-beans", "org.springframework"),
            Map.entry("spring-context", "org.springframework"),
            Map.entry("spring-core", "org.springframework"),
            Map.entry("spring-expression", "org.springframework"),
            Map.entry("spring-web", "org.springframework"),
            Map.entry("spring-webmvc", "org.springframework"),
            Map.entry("struts", "struts"),
            Map.entry("struts2-core", "org.apache.struts"),
            Map.entry("velocity", "velocity"),
            Map.entry("xalan", "xalan"),
            Map.entry("xercesImpl", "xerces"),
            Map.entry("xmlrpc-client", "org.apache.xmlrpc"),
            Map.entry("xstream", "com.thoughtworks.xstream"));

    private WellKnownGroups() {}

    static Optional<String> of(String artifact) {
        return Optional.ofNullable(GROUPS.get(artifact));
    }
}
