import { spawn } from "node:child_process";
import { surroundingsWith } from "./surroundings.mjs";

const running = new Set();

/**
 * Runs a program to its end and gives back `{code, stdout, stderr, output}`; `output` is both streams as they came.
 * `onError` gets each whole line of stderr as it comes.
 */
export function runChild(
  file,
  args,
  { cwd, surroundings = {}, shell = false, timeoutMs = 0, onError = () => {} } = {},
) {
  return new Promise((resolve) => {
    const said = { stdout: "", stderr: "", output: "" };
    const child = spawn(file, args, {
      cwd,
      shell,
      env: surroundingsWith(surroundings),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs || undefined,
    });
    running.add(child);
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said.stdout += text;
      said.output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said.stderr += text;
      said.output += text;
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onError(line);
    });
    const end = (code, why = "") => {
      running.delete(child);
      resolve({ code, ...said, output: said.output + why });
    };
    child.on("error", (error) => end(127, `${error.message}\n`));
    child.on("close", (code, signal) => end(code ?? 1, signal ? `ended by ${signal}\n` : ""));
  });
}

/** The same for a script of Node's. */
export const runNode = (script, args, options) => runChild(process.execPath, [script, ...args], options);

/** Counts a child that was started elsewhere among ours until it ends. */
export function adopt(child) {
  running.add(child);
  child.on("exit", () => running.delete(child));
}

/** Ends every child that still runs: for a start that is itself told to end. */
export function endChildren(signal) {
  for (const child of running) child.kill(signal);
}
