import { spawn } from "node:child_process";
import { join } from "node:path";
import { adopt } from "./child.mjs";
import { parse, sentences } from "./command.mjs";
import { commandFile } from "./compile.mjs";
import { StartProblem, tail } from "./problem.mjs";
import { surroundingsWith } from "./surroundings.mjs";

/**
 * Starts `tilannekuva serve` and waits until it answers. Gives back `{url, child, ended}`, where `ended` is a promise
 * of the exit code. A server that ends before it answers is a problem with its own words.
 */
export function startServer(root, { home, port }) {
  const args = [commandFile(root), "serve", "--port", String(port), "--home", home, "--json"];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: surroundingsWith({ NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = endOf(child);
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    let url = null;
    child.stdout.setEncoding("utf8").on("data", (text) => {
      if (url) process.stdout.write(text);
      else stdout += text;
      const document = parse(stdout);
      if (url === null && document?.ok) {
        url = document.url;
        resolve({ url, child, ended });
      }
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      if (url) process.stderr.write(text);
      else stderr += text;
    });
    ended.then(() => {
      const problems = parse(stdout)?.problems;
      reject(
        new StartProblem("The server did not start.", {
          detail: problems ? sentences(problems) : tail(stdout + stderr),
        }),
      );
    });
  });
}

/** `next dev` on the published files of the home; it says the rest itself. */
export async function startDevelopment(root, { home, port }) {
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "dev", "--hostname", "localhost", "--port", String(port)], {
    cwd: root,
    env: surroundingsWith({ NEXT_TELEMETRY_DISABLED: "1", TILANNEKUVA_PUBLISHED: join(home, "published") }),
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = endOf(child);
  let over = false;
  ended.then(() => {
    over = true;
  });
  const url = `http://localhost:${port}`;
  while (!(await answers(url))) {
    if (over) throw new StartProblem("The development server did not start.");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return { url, child, ended };
}

async function answers(url) {
  try {
    await fetch(`${url}/api/livez`, { signal: AbortSignal.timeout(30_000) });
    return true;
  } catch {
    return false;
  }
}

function endOf(child) {
  adopt(child);
  return new Promise((resolve) => {
    child.on("error", () => resolve(127));
    child.on("exit", (code) => resolve(code ?? 0)); // a signal ends it as asked
  });
}
