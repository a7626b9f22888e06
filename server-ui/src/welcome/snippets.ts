interface Server {
  baseUrl: string
  version: string
  /** The project's public key where keys are checked; null where any will do. */
  requiredKey: string | null
}

/** What a newcomer pastes, with the address of this very server in it. */
export function snippets({ baseUrl, version, requiredKey }: Server) {
  return {
    maven: `<dependency>
  <groupId>io.langfuse4j</groupId>
  <artifactId>langfuse4j</artifactId>
  <version>${version}</version>
</dependency>`,
    environment: `export LANGFUSE_BASE_URL=${baseUrl}
export LANGFUSE_PUBLIC_KEY=${requiredKey ?? 'pk-lf-local'}
export LANGFUSE_SECRET_KEY=${requiredKey === null ? 'sk-lf-local' : '<its secret key>'}`,
    java: `Langfuse langfuse = Langfuse.get();
langfuse.observe("hello", span -> {
    span.input("Is anybody there?");
    span.output("Yes.");
    return "Yes.";
});`,
    curl: `NOW=$(date +%s)
curl -sS${requiredKey === null ? '' : ' -u "$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY"'} ${baseUrl}/api/public/otel/v1/traces \\
  -H 'Content-Type: application/json' -d @- <<EOF
{"resourceSpans":[{"scopeSpans":[{"spans":[{
  "traceId":"$(printf %032x $NOW)","spanId":"$(printf %016x $NOW)",
  "name":"hello-from-curl",
  "startTimeUnixNano":"\${NOW}000000000","endTimeUnixNano":"\${NOW}250000000",
  "attributes":[
    {"key":"langfuse.observation.input","value":{"stringValue":"Is anybody there?"}},
    {"key":"langfuse.observation.output","value":{"stringValue":"Yes."}}]
}]}]}]}
EOF`,
  }
}
