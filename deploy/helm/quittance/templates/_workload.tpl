{{- /* Environment, ports, probes and mounts of a service's container; expects root and service. */ -}}
{{- define "quittance.container" -}}
{{- $root := .root -}}
{{- $service := .service -}}
{{- $values := $root.Values -}}
name: {{ $service.name }}
image: {{ include "quittance.image" (dict "root" $root "name" $service.name) | quote }}
imagePullPolicy: {{ $values.image.pullPolicy }}
securityContext:
  {{- include "quittance.containerSecurity" $root | nindent 2 }}
ports:
  - name: http
    containerPort: {{ $service.httpPort }}
  - name: management
    containerPort: {{ $service.managementPort }}
envFrom:
  - configMapRef:
      name: {{ include "quittance.serviceName" . }}
{{- with include "quittance.secretSettings" . }}
env:
  {{- . | nindent 2 }}
{{- end }}
# Slow to start is not dead: three minutes before liveness is asked at all.
startupProbe:
  httpGet:
    path: /q/health/started
    port: management
  periodSeconds: 3
  failureThreshold: 60
readinessProbe:
  httpGet:
    path: /q/health/ready
    port: management
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
# Never about Kafka or Postgres: a restart would not bring them back.
livenessProbe:
  httpGet:
    path: /q/health/live
    port: management
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
lifecycle:
  preStop:
    sleep:
      seconds: {{ $service.preStopSeconds }}
resources:
  {{- toYaml $service.resources | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
{{- if and (include "quittance.isTls" $root) $values.kafka.caSecret.name }}
  - name: kafka-ca
    mountPath: /etc/quittance/kafka
    readOnly: true
{{- end }}
{{- if and $service.database (include "quittance.verifiesDatabase" $root) }}
  - name: database-ca
    mountPath: /etc/quittance/database
    readOnly: true
{{- end }}
{{- end -}}

{{- define "quittance.volumes" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
- name: tmp
  emptyDir:
    sizeLimit: 64Mi
{{- if and (include "quittance.isTls" $root) $values.kafka.caSecret.name }}
- name: kafka-ca
  secret:
    secretName: {{ $values.kafka.caSecret.name }}
    items:
      - key: {{ $values.kafka.caSecret.key }}
        path: ca.crt
{{- end }}
{{- if and .service.database (include "quittance.verifiesDatabase" $root) }}
- name: database-ca
  secret:
    secretName: {{ $values.database.caSecret.name }}
    items:
      - key: {{ $values.database.caSecret.key }}
        path: ca.crt
{{- end }}
{{- end -}}

{{- define "quittance.secretSetting" -}}
- name: {{ .env }}
  valueFrom:
    secretKeyRef:
      name: {{ .name }}
      key: {{ .key }}
{{- end -}}

{{- define "quittance.secretSettings" -}}
{{- $root := .root -}}
{{- $service := .service -}}
{{- $values := $root.Values -}}
{{- $lines := list -}}
{{- if include "quittance.isSasl" $root -}}
{{- $lines = append $lines (include "quittance.secretSetting" (dict "env" "KAFKA_SASL_JAAS_CONFIG" "name" (printf "quittance-%s" $service.name) "key" $values.kafka.userSecretKey)) -}}
{{- end -}}
{{- if $service.database -}}
{{- $lines = append $lines (include "quittance.secretSetting" (dict "env" "QUARKUS_DATASOURCE_PASSWORD" "name" $values.migrations.loginsSecret.name "key" (printf "%s_service" $service.slice))) -}}
{{- end -}}
{{- if and $service.redis $values.redis.passwordSecret.name -}}
{{- $lines = append $lines (include "quittance.secretSetting" (dict "env" "QUARKUS_REDIS_PASSWORD" "name" $values.redis.passwordSecret.name "key" $values.redis.passwordSecret.key)) -}}
{{- end -}}
{{- if and $service.mail $values.mail.enabled $values.mail.secret.name -}}
{{- $lines = append $lines (include "quittance.secretSetting" (dict "env" "QUARKUS_MAILER_USERNAME" "name" $values.mail.secret.name "key" $values.mail.secret.usernameKey)) -}}
{{- $lines = append $lines (include "quittance.secretSetting" (dict "env" "QUARKUS_MAILER_PASSWORD" "name" $values.mail.secret.name "key" $values.mail.secret.passwordKey)) -}}
{{- end -}}
{{- range $env, $from := $service.secretEnv -}}
{{- $lines = append $lines (include "quittance.secretSetting" (dict "env" $env "name" $from.name "key" $from.key)) -}}
{{- end -}}
{{- join "\n" $lines -}}
{{- end -}}
