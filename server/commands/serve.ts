import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Answer, type Call, reading } from "./verb.ts";

const PATIENCE = 30_000;
/** By name, not 127.0.0.1: told a bare address, Next takes its own rewrites for another site and calls itself for ever. */
const HOST = "localhost";

/**
 * `serve [--port N]`: the web process, given the path of `published/` only. Answers once the server does, then runs
 * until SIGTERM or SIGINT.
 */
export async function serve(call: Call): Promise<Answer> {
  const port = Number(call.values.port ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    return [{ code: "misuse-port", where: {}, fields: { given: String(call.values.port) } }];
  return reading(call, async () => {
    if (!existsSync(join(call.root, ".next", "BUILD_ID"))) return [{ code: "web-not-built", where: {}, fields: {} }];
    if (!(await isFree(port))) return [{ code: "port-taken", where: {}, fields: { port } }];
    const web = startWeb(call, port);
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => web.kill("SIGTERM"));
    const url = `http://${HOST}:${port}`;
    if (!(await answers(web, `${url}/api/livez`))) {
      web.kill("SIGKILL");
      return [{ code: "web-does-not-answer", where: {}, fields: { port, seconds: PATIENCE / 1000 } }];
    }
    web.on("exit", (code, signal) => process.exit(signal || code === 143 ? 0 : (code ?? 1)));
    return { document: { url, pid: process.pid }, sentence: url };
  });
}

/** Next's own server as a child that sees no more of this machine than it needs. */
function startWeb({ root, home }: Call, port: number): ChildProcess {
  return spawn(
    process.execPath,
    [join(root, "node_modules", "next", "dist", "bin", "next"), "start", "--port", String(port), "--hostname", HOST],
    {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      env: { PATH: "", NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", TILANNEKUVA_PUBLISHED: home.published },
    },
  );
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

async function answers(web: ChildProcess, address: string): Promise<boolean> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline && web.exitCode === null) {
    const alive = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (alive) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
