// The parts of ClickHouse's HTTP protocol that Langfuse4j's server uses, over chdb: ClickHouse's own
// engine as an npm package. For tests; one process, one engine, no users, no replicas.
//
//   node server.mjs [--port 0] [--modules FOLDER]
//
// Prints "ready <url>" once it listens. Spoken: GET /ping, POST / with the statement as body,
// ?database=, X-ClickHouse-User and X-ClickHouse-Key (a user of the name "nobody" is refused, so that
// refusals can be tested), X-ClickHouse-Exception-Code on errors. Settings in the query string that
// the engine knows are applied to the statement.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const modules = resolve(option("modules", new URL("./node_modules", import.meta.url).pathname));
const { Session } = createRequire(join(modules, "package.json"))("chdb");

const folder = mkdtempSync(join(tmpdir(), "langfuse4j-clickhouse-"));
const session = new Session(folder);
const NOT_SETTINGS = new Set(["database", "query", "wait_end_of_query", "default_format"]);

// A statement starts in the database that the last one has left: each says where it wants to be.
let queue = Promise.resolve();
const inOrder = (work) => {
  const result = queue.then(work);
  queue = result.catch(() => {});
  return result;
};

// The engine keeps both from one statement to the next.
let inDatabase = "default";
const applied = new Map();

async function execute(statement, parameters) {
  const database = parameters.get("database") || "default";
  const format = parameters.get("default_format") || "TabSeparated";
  if (database !== inDatabase) {
    await session.queryAsync(`USE \`${database.replaceAll("`", "")}\``, { format: "Null" });
    inDatabase = database;
  }
  for (const [name, value] of parameters) {
    if (!NOT_SETTINGS.has(name) && applied.get(name) !== value) {
      applied.set(name, value);
      const quoted = value.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
      await session.queryAsync(`SET ${name.replaceAll(/\W/g, "")} = '${quoted}'`, { format: "Null" });
    }
  }
  const result = await session.queryAsync(statement, { format });
  return Buffer.from(result.bytes());
}

function body(request) {
  return new Promise((done, failed) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("error", failed);
    request.on("end", () => {
      const bytes = Buffer.concat(chunks);
      done(request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes);
    });
  });
}

function refuse(response, status, code, message) {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=UTF-8",
    "X-ClickHouse-Exception-Code": String(code),
  });
  response.end(`Code: ${code}. DB::Exception: ${message}`);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname === "/ping") {
    response.end("Ok.\n");
    return;
  }
  if (request.headers["x-clickhouse-user"] === "nobody") {
    refuse(response, 403, 516, "nobody: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)");
    return;
  }
  try {
    const statement = (await body(request)).toString("utf8");
    const answer = await inOrder(() => execute(statement, url.searchParams));
    response.writeHead(200, { "Content-Type": "text/plain; charset=UTF-8" });
    response.end(answer);
  } catch (error) {
    const known = /Code: (\d+)\. DB::Exception: ([\s\S]*)/.exec(error.message);
    refuse(response, known ? 404 : 500, known ? known[1] : 1, known ? known[2] : error.message);
  }
});

server.listen(Number(option("port", "0")), "127.0.0.1", () => {
  console.log(`ready http://127.0.0.1:${server.address().port}`);
});

function stop() {
  server.close();
  session.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
// Whoever started it holds its standard input: when they are gone, so is this.
process.stdin.on("end", stop).resume();
