/** What a newcomer pastes, with the address of this very server in it. */
export function snippets(baseUrl: string, version: string) {
  return {
    maven: `<dependency>
  <groupId>io.langfuse4j</groupId>
  <artifactId>langfuse4j</artifactId>
  <version>${version}</version>
</dependency>`,
    environment: `export LANGFUSE_BASE_URL=${baseUrl}
export LANGFUSE_PUBLIC_KEY=pk-lf-local
export LANGFUSE_SECRET_KEY=sk-lf-local`,
    java: `Langfuse langfuse = Langfuse.get();
langfuse.observe("hello", span -> {
    span.input("Is anybody there?");
    span.output("Yes.");
    return "Yes.";
});`,
    curl: `NOW=$(date +%s)
curl -sS ${baseUrl}/api/public/otel/v1/traces \\
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
