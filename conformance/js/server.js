// The server as users start it: its jar in a process of its own, on a free port, in a new folder.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const jar =
  process.env.LANGFUSE4J_SERVER_JAR ??
  fileURLToPath(new URL("../../server/target/langfuse4j-server.jar", import.meta.url));

export async function startServer() {
  if (!existsSync(jar)) {
    throw new Error(`${jar} does not exist: package the server module first`);
  }
  const folder = mkdtempSync(join(tmpdir(), "langfuse4j-js-"));
  const child = spawn("java", ["-jar", jar, "--port", "0", "--data", folder], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await ready(child);
  return {
    url,
    api: (path, options = {}) => json(url + "/api/public" + path, options),
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the official clients are told by the environment. */
export function configure(url) {
  process.env.LANGFUSE_PUBLIC_KEY = "pk-lf-local";
  process.env.LANGFUSE_SECRET_KEY = "sk-lf-local";
  process.env.LANGFUSE_BASE_URL = url;
}

function ready(child) {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk) => {
      output += chunk;
      const match = / is ready at (http:\S+)/.exec(output);
      if (match) resolve(match[1]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error("the server ended: " + output)));
  });
}

async function json(url, options) {
  const response = await fetch(url, options);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

/** The tree of a trace by the observations' names and types; siblings in alphabetical order. */
export function tree(trace) {
  const ids = new Set(trace.observations.map((observation) => observation.id));
  const below = (parent) =>
    trace.observations
      .filter((observation) =>
        parent === null
          ? !ids.has(observation.parentObservationId)
          : observation.parentObservationId === parent,
      )
      .sort((left, right) => left.name.localeCompare(right.name))
      .map((observation) => {
        const shown = `${observation.name} (${observation.type.toLowerCase()})`;
        const children = below(observation.id);
        return children.length === 0 ? shown : { [shown]: children };
      });
  return below(null);
}
