# Roles and every slice's migrations, and the probe of helm test. From the top of the repository, after ./mvnw package:
#   docker build -f deploy/docker/migrations.Dockerfile -t migrations:0.1.0 .
ARG JDK_IMAGE=eclipse-temurin:25-jdk-noble
ARG BASE_IMAGE=debian:13-slim

FROM ${JDK_IMAGE} AS runtime
RUN jlink --add-modules java.se,jdk.crypto.ec,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs \
      --strip-debug --no-man-pages --no-header-files --compress zip-6 --output /opt/java

FROM ${BASE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="migrations" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.description="Quittance: the database's roles and migrations"
COPY --from=runtime /opt/java /opt/java
COPY deploy/target/lib /app/lib
COPY deploy/target/classes /app/classes
WORKDIR /app
USER 10001:10001
ENTRYPOINT ["/opt/java/bin/java", "-Xmx128m", "-XX:+UseSerialGC", "-cp", "/app/classes:/app/lib/*", "dev.quittance.deploy.Main"]
