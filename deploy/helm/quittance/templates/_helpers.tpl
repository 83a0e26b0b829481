{{- define "quittance.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "quittance.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "quittance.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The name of a service's objects; expects root and service. */ -}}
{{- define "quittance.serviceName" -}}
{{- printf "%s-%s" (include "quittance.fullname" .root) .service.name -}}
{{- end -}}

{{- define "quittance.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
app.kubernetes.io/part-of: {{ include "quittance.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "quittance.selectorLabels" -}}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/name: {{ .service.name }}
{{- end -}}

{{- define "quittance.labels" -}}
{{ include "quittance.commonLabels" .root }}
app.kubernetes.io/name: {{ .service.name }}
{{- end -}}

{{- define "quittance.image" -}}
{{- printf "%s/%s:%s" .root.Values.image.registry .name (.root.Values.image.tag | default .root.Chart.AppVersion) -}}
{{- end -}}

{{- define "quittance.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "quittance.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "quittance.isSasl" -}}
{{- if hasPrefix "SASL" .Values.kafka.securityProtocol }}true{{ end -}}
{{- end -}}

{{- define "quittance.isTls" -}}
{{- if hasSuffix "SSL" .Values.kafka.securityProtocol }}true{{ end -}}
{{- end -}}

{{- define "quittance.verifiesDatabase" -}}
{{- if hasPrefix "verify" .Values.database.sslMode }}true{{ end -}}
{{- end -}}

{{- /* Whether a service is scaled by something else than its Deployment. */ -}}
{{- define "quittance.isScaled" -}}
{{- if and .root.Values.scaling.enabled (ne .service.scaling.kind "none") }}true{{ end -}}
{{- end -}}

{{- /* What a service is told that is no secret. A key of the service's own env wins. */ -}}
{{- define "quittance.settings" -}}
{{- $root := .root -}}
{{- $service := .service -}}
{{- $values := $root.Values -}}
{{- $told := dict
  "QUARKUS_HTTP_PORT" (toString $service.httpPort)
  "QUARKUS_MANAGEMENT_PORT" (toString $service.managementPort)
  "QUARKUS_HTTP_HOST" "0.0.0.0"
  "QUARKUS_MANAGEMENT_HOST" "0.0.0.0"
  "JDK_JAVA_OPTIONS" $service.javaOptions
  "QUITTANCE_LOG_JSON" (toString $values.logs.json)
  "KAFKA_BOOTSTRAP_SERVERS" $values.kafka.bootstrapServers
  "KAFKA_SECURITY_PROTOCOL" $values.kafka.securityProtocol
  "QUITTANCE_TOPIC_PREFIX" $values.kafka.topicPrefix -}}
{{- if $values.traces.endpoint -}}
{{- $_ := set $told "OTEL_EXPORTER_OTLP_ENDPOINT" $values.traces.endpoint -}}
{{- $_ := set $told "OTEL_TRACES_SAMPLER_ARG" (toString $values.traces.ratio) -}}
{{- end -}}
{{- if include "quittance.isSasl" $root -}}
{{- $_ := set $told "KAFKA_SASL_MECHANISM" $values.kafka.saslMechanism -}}
{{- end -}}
{{- if and (include "quittance.isTls" $root) $values.kafka.caSecret.name -}}
{{- $_ := set $told "KAFKA_SSL_TRUSTSTORE_TYPE" "PEM" -}}
{{- $_ := set $told "KAFKA_SSL_TRUSTSTORE_LOCATION" "/etc/quittance/kafka/ca.crt" -}}
{{- end -}}
{{- if $service.database -}}
{{- $_ := set $told "QUARKUS_DATASOURCE_REACTIVE_URL" (printf "postgresql://%s:%d/%s" $values.database.host (int $values.database.port) $values.database.name) -}}
{{- $_ := set $told "QUARKUS_DATASOURCE_USERNAME" (printf "%s_service%s" $service.slice $values.database.usernameSuffix) -}}
{{- $_ := set $told "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE" $values.database.sslMode -}}
{{- if include "quittance.verifiesDatabase" $root -}}
{{- $_ := set $told "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM" "true" -}}
{{- $_ := set $told "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS" "/etc/quittance/database/ca.crt" -}}
{{- end -}}
{{- if eq $values.database.sslMode "verify-full" -}}
{{- $_ := set $told "QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM" "HTTPS" -}}
{{- end -}}
{{- end -}}
{{- if $service.redis -}}
{{- $_ := set $told "QUARKUS_REDIS_HOSTS" $values.redis.url -}}
{{- end -}}
{{- if $service.auth -}}
{{- $_ := set $told "QUITTANCE_JWKS_URL" $values.auth.jwksUrl -}}
{{- $_ := set $told "QUITTANCE_JWT_ISSUER" $values.auth.issuer -}}
{{- end -}}
{{- if and $service.mail $values.mail.enabled -}}
{{- $_ := set $told "QUARKUS_MAILER_HOST" $values.mail.host -}}
{{- $_ := set $told "QUARKUS_MAILER_PORT" (toString $values.networkPolicy.mailPort) -}}
{{- $_ := set $told "QUARKUS_MAILER_FROM" $values.mail.from -}}
{{- end -}}
{{- mustMergeOverwrite $told (deepCopy $service.env) | toYaml -}}
{{- end -}}

{{- /* The services that run, by key, each with what it does not say itself. */ -}}
{{- define "quittance.services" -}}
{{- $root := . -}}
{{- $all := dict -}}
{{- range $key, $own := .Values.services -}}
{{- if $own.enabled -}}
{{- $_ := set $all $key (mustMergeOverwrite (deepCopy $root.Values.serviceDefaults) (deepCopy $own)) -}}
{{- end -}}
{{- end -}}
{{- toYaml $all -}}
{{- end -}}
