package dev.plimsoll.matching;

import static dev.plimsoll.matching.ProductLifecycle.Kind.FRAMEWORK;
import static dev.plimsoll.matching.ProductLifecycle.Kind.RUNTIME;

import dev.plimsoll.matching.ProductLifecycle.Kind;
import dev.plimsoll.purl.PackageType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which packages are products of endoflife.date: facts only. Adding one is a line.
///
/// Names of a distribution's packages stand with `#` for their first number, because many carry the release in the
/// name:
/// `python#` is `python3` of Alpine and `python3.11` of Debian.
///
/// Source: endoflife.date, product pages, `identifiers`; package lists of Debian 12, Alpine 3.18, Fedora and RHEL 9.
final class ProductTable {

    private static final Map<String, Product> LANGUAGES = new HashMap<>();
    private static final Map<String, Product> DISTRIBUTIONS = new HashMap<>();

    static {
        runtimes();
        frameworks();
        packagesOfDistributions();
    }

    private ProductTable() {}

    record Product(String name, Kind kind) {}

    /// The product that a package of a language, or a program that came in no package, is.
    static Optional<Product> ofLanguage(PackageType type, String name) {
        return Optional.ofNullable(LANGUAGES.get(type.purlType() + "/" + name));
    }

    /// The product that a distribution's package is.
    static Optional<Product> ofDistribution(String name) {
        return Optional.ofNullable(DISTRIBUTIONS.get(withoutNumber(name)));
    }

    private static void runtimes() {
        for (var same : new String[] {
            "bun", "deno", "erlang", "elixir", "ghc", "go", "haproxy", "julia", "lua", "mariadb", "memcached",
                    "mongodb",
            "mysql", "nginx", "perl", "php", "postgresql", "python", "redis", "ruby", "rust", "traefik", "valkey",
                    "envoy",
            "grafana", "powershell"
        }) {
            generic(same, same);
        }
        generic("nodejs", "node");
        generic("mysql", "mysql-server");
        generic("apache-http-server", "httpd");
        generic("oracle-jdk", "jdk", "jre");
        generic("graalvm-ce", "graalvm");
        generic("azul-zulu", "zulu");
        generic(OPENJDK, "openjdk");
        languages(RUNTIME, "go", "golang/stdlib");
        languages(
                RUNTIME,
                "dotnet",
                "nuget/Microsoft.NETCore.App",
                "nuget/Microsoft.NETCore.App.Runtime.linux-x64",
                "nuget/Microsoft.NETCore.App.Runtime.linux-arm64",
                "nuget/Microsoft.NETCore.App.Runtime.linux-musl-x64",
                "nuget/Microsoft.NETCore.App.Runtime.linux-musl-arm64",
                "nuget/Microsoft.AspNetCore.App.Runtime.linux-x64",
                "nuget/Microsoft.AspNetCore.App.Runtime.linux-arm64");
        languages(
                RUNTIME,
                "tomcat",
                "maven/org.apache.tomcat:tomcat-catalina",
                "maven/org.apache.tomcat.embed:tomcat-embed-core");
        languages(RUNTIME, "eclipse-jetty", "maven/org.eclipse.jetty:jetty-server");
        languages(RUNTIME, "elasticsearch", "maven/org.elasticsearch:elasticsearch");
        languages(RUNTIME, "apache-kafka", "maven/org.apache.kafka:kafka_2.12", "maven/org.apache.kafka:kafka_2.13");
    }

    private static void frameworks() {
        languages(FRAMEWORK, "spring-boot", "maven/org.springframework.boot:spring-boot");
        languages(FRAMEWORK, "spring-framework", "maven/org.springframework:spring-core");
        languages(FRAMEWORK, "log4j", "maven/org.apache.logging.log4j:log4j-core", "maven/log4j:log4j");
        languages(
                FRAMEWORK,
                "hibernate-orm",
                "maven/org.hibernate.orm:hibernate-core",
                "maven/org.hibernate:hibernate-core");
        languages(FRAMEWORK, "quarkus-framework", "maven/io.quarkus:quarkus-core");
        languages(FRAMEWORK, "django", "pypi/django", "pypi/Django");
        languages(FRAMEWORK, "ruby-on-rails", "gem/rails");
        languages(FRAMEWORK, "laravel", "composer/laravel/framework");
        languages(FRAMEWORK, "symfony", "composer/symfony/http-kernel");
        languages(FRAMEWORK, "angular", "npm/@angular/core");
        languages(FRAMEWORK, "angularjs", "npm/angular");
        languages(FRAMEWORK, "react", "npm/react");
        languages(FRAMEWORK, "vue", "npm/vue");
        languages(FRAMEWORK, "nextjs", "npm/next");
        languages(FRAMEWORK, "nuxt", "npm/nuxt");
        languages(FRAMEWORK, "electron", "npm/electron");
        languages(FRAMEWORK, "express", "npm/express");
        languages(FRAMEWORK, "jquery", "npm/jquery");
        languages(FRAMEWORK, "bootstrap", "npm/bootstrap");
    }

    private static void packagesOfDistributions() {
        distribution("python", "python#", "python#-minimal");
        distribution("nodejs", "nodejs", "nodejs#", "nodejs-current");
        distribution("php", "php#", "php#-cli", "php#-fpm", "php#-common", "php-cli", "php-fpm", "php-common");
        distribution("ruby", "ruby", "ruby#");
        distribution("perl", "perl", "perl-base", "perl-interpreter");
        distribution("go", "golang-#-go", "go", "golang", "golang-bin");
        distribution("dotnet", "dotnet-runtime-#", "aspnetcore-runtime-#", "dotnet#-runtime", "aspnetcore#-runtime");
        distribution("nginx", "nginx", "nginx-core");
        distribution("apache-http-server", "apache#", "apache#-bin", "httpd", "httpd-core");
        distribution("postgresql", "postgresql-#", "postgresql#", "postgresql-server", "postgresql#-server");
        distribution("mysql", "mysql-server", "mysql-server-#", "mysql-server-core-#", "mysql-community-server");
        distribution("mariadb", "mariadb", "mariadb-server", "mariadb-server-core");
        distribution("mongodb", "mongodb-org-server");
        distribution("redis", "redis", "redis-server");
        distribution("valkey", "valkey", "valkey-server");
        distribution("memcached", "memcached");
        distribution("haproxy", "haproxy");
        distribution("traefik", "traefik");
        distribution("grafana", "grafana");
        distribution("rabbitmq", "rabbitmq-server");
        distribution("erlang", "erlang-base", "erlang");
        distribution("elixir", "elixir");
        distribution("rust", "rustc", "rust");
        distribution("eclipse-temurin", "temurin-#-jdk", "temurin-#-jre");
        distribution("azul-zulu", "zulu#", "zulu#-jdk", "zulu#-jre", "zulu#-jdk-headless", "zulu#-jre-headless");
        distribution(
                "amazon-corretto",
                "java-#-amazon-corretto",
                "java-#-amazon-corretto-jdk",
                "java-#-amazon-corretto-headless");
        distribution(
                OPENJDK,
                "openjdk-#-jre-headless",
                "openjdk-#-jdk-headless",
                "openjdk#-jre-headless",
                "openjdk#-jre-base",
                "java-#-openjdk-headless",
                "java-#-openjdk");
    }

    /// OpenJDK of whoever built it: its maker is told by the package's vendor, see {@link Products}.
    static final String OPENJDK = "openjdk";

    private static void generic(String product, String... names) {
        for (var name : names) {
            LANGUAGES.put("generic/" + name, new Product(product, RUNTIME));
        }
    }

    private static void languages(Kind kind, String product, String... packages) {
        for (var item : packages) {
            LANGUAGES.put(item, new Product(product, kind));
        }
    }

    private static void distribution(String product, String... names) {
        for (var name : names) {
            DISTRIBUTIONS.put(name, new Product(product, RUNTIME));
        }
    }

    /// `python3.11-minimal` becomes `python#-minimal`.
    static String withoutNumber(String name) {
        int start = 0;
        while (start < name.length() && !isDigit(name.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < name.length() && (isDigit(name.charAt(end)) || isPoint(name, end))) {
            end++;
        }
        return start == end ? name : name.substring(0, start) + "#" + name.substring(end);
    }

    private static boolean isPoint(String name, int at) {
        return name.charAt(at) == '.' && at + 1 < name.length() && isDigit(name.charAt(at + 1));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
