# One service. From the top of the repository, after ./mvnw package:
#   docker build -f deploy/docker/service.Dockerfile --build-arg SERVICE=billing-ledger -t billing-ledger:0.1.0 .
# Three stages: a JDK makes a runtime of only what the services need; that runtime starts the service once, without a database
# and without a broker, and keeps what it loaded in an AOT cache; the image has the runtime, the service and the cache.
ARG JDK_IMAGE=eclipse-temurin:25-jdk-noble
ARG BASE_IMAGE=debian:13-slim

FROM ${JDK_IMAGE} AS runtime
RUN jlink --add-modules java.se,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs \
      --strip-debug --no-man-pages --no-header-files --compress zip-6 --output /opt/java

FROM ${BASE_IMAGE} AS trained
ARG SERVICE
COPY --from=runtime /opt/java /opt/java
COPY ${SERVICE}/target/quarkus-app /app
WORKDIR /app
# The cache is written when the process ends; nothing it needs answers here, and it starts all the same. Nobody's secrets: they
# are made up anew, since no service starts with one that could be guessed.
RUN QUARKUS_HTTP_PORT=0 QUARKUS_MANAGEMENT_PORT=0 \
    QUITTANCE_VOUCHER_PEPPER="$(head -c 32 /dev/urandom | base64 -w 0)" QUITTANCE_STRIPE_WEBHOOK_SECRETS="whsec_$(head -c 32 /dev/urandom | base64 -w 0)" \
      timeout --signal=TERM 45 /opt/java/bin/java -XX:AOTCacheOutput=/app/app.aot -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xmx256m \
      -jar quarkus-run.jar >/tmp/training.log 2>&1 || true; \
    grep -q 'started in' /tmp/training.log || { cat /tmp/training.log; exit 1; }; \
    test -s /app/app.aot

FROM ${BASE_IMAGE}
ARG SERVICE
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="${SERVICE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.description="Quittance: ${SERVICE}"
COPY --from=runtime /opt/java /opt/java
COPY --from=trained /app /app
WORKDIR /app
# No name is needed, only a number that nobody else has; the chart says the same.
USER 10001:10001
EXPOSE 8080 9000
# A cache that does not fit the options is not used, and said nothing of: the service starts a second later.
ENTRYPOINT ["/opt/java/bin/java", "-XX:AOTCache=/app/app.aot", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/app/quarkus-run.jar"]
