import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Problem } from "../../data/contracts/problem.ts";
import { env } from "../env.ts";
import { homeAt } from "../store/home.ts";
import { languageOf, speakerOf } from "./say.ts";
import type { Answer, Call } from "./verb.ts";
import { VERBS } from "./verbs.ts";

const OPTIONS = {
  home: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
  lang: { type: "string" },
  threads: { type: "string" },
  codebook: { type: "string" },
  "life-event": { type: "string" },
  release: { type: "string" },
  k: { type: "string" },
  reason: { type: "string" },
  "new-model": { type: "boolean" },
  format: { type: "string" },
  out: { type: "string" },
  port: { type: "string" },
} as const;

/** The folder that holds data/ and build/: this file runs as build/tilannekuva.mjs. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

// A reader that goes away (`… | head`) ends the command; there is nobody left to tell.
process.stdout.on("error", () => process.exit(1));
process.exitCode = await run(process.argv.slice(2));

/** Runs one verb. 0 done, 1 refused, 2 misused (INTERFACES §7). */
async function run(args: string[]): Promise<number> {
  const json = args.includes("--json");
  const speaker = speakerOf(languageOf(languageGiven(args), env.locale()), root);
  const fail = (problems: Problem[], code: number) => {
    const printed = problems.map(speaker.problem);
    if (json) process.stdout.write(`${JSON.stringify({ ok: false, problems: printed })}\n`);
    else
      for (const { message, where, todo } of printed)
        process.stderr.write(`${plain(`${speaker.text("place", placeOf(where))}${message} ${todo}`)}\n`);
    return code;
  };
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return fail(
      [{ code: "option-unknown", where: {}, fields: { reason: (error as Error).message.split(".")[0] ?? "" } }],
      2,
    );
  }
  const { values, positionals } = parsed;
  const name =
    positionals[0] === "codebook" ? `${positionals[0]} ${positionals[1] ?? ""}`.trim() : (positionals[0] ?? "");
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (values.help || name === "help") {
    const help = speaker.text(verb ? `help.${name.replace(" ", "-")}` : "help.all");
    process.stdout.write(json ? `${JSON.stringify({ ok: true, help })}\n` : `${help}\n`);
    return 0;
  }
  if (name === "")
    return fail([{ code: "verb-missing", where: {}, fields: { known: Object.keys(VERBS).join(", ") } }], 2);
  if (!verb)
    return fail([{ code: "verb-unknown", where: {}, fields: { verb: name, known: Object.keys(VERBS).join(", ") } }], 2);
  const misused = verb.options.flatMap(({ name: option, needed }): Problem[] =>
    needed && !(option in values) ? [{ code: "option-missing", where: {}, fields: { option, verb: name } }] : [],
  );
  const stray = Object.keys(values).filter(
    (option) =>
      !["home", "json", "help", "lang", "threads"].includes(option) &&
      !verb.options.some((known) => known.name === option),
  );
  misused.push(
    ...stray.map((option): Problem => ({ code: "option-not-for-verb", where: {}, fields: { option, verb: name } })),
  );
  const files = positionals.slice(name.split(" ").length);
  if (files.length !== verb.files)
    misused.push({ code: "files-expected", where: {}, fields: { count: verb.files, verb: name } });
  const threads = values.threads === undefined ? 2 : Number(values.threads);
  if (!Number.isInteger(threads) || threads < 1)
    misused.push({ code: "threads-not-a-number", where: {}, fields: { given: String(values.threads) } });
  if (misused.length > 0) return fail(misused, 2);
  const started = performance.now();
  const call: Call = {
    root,
    home: homeAt(resolve(values.home ?? env.home())),
    values: values as Call["values"],
    files,
    json,
    threads,
    speaker,
    progress: (step, done, of) => {
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      if (json) process.stderr.write(`${JSON.stringify({ step, done, of, seconds })}\n`);
      else process.stderr.write(`${done}/${of} ${step} ${seconds} s\n`);
    },
    seconds: () => Math.round((performance.now() - started) / 100) / 10,
  };
  const answer: Answer = await verb.run(call).catch((error: Error) => [unforeseen(error)]);
  if (Array.isArray(answer)) return fail(answer, answer.some(({ code }) => code.startsWith("misuse-")) ? 2 : 1);
  if ("bytes" in answer) process.stdout.write(answer.bytes);
  else
    process.stdout.write(
      json ? `${JSON.stringify({ ok: true, ...answer.document })}\n` : `${plain(answer.sentence)}\n`,
    );
  return 0;
}

/**
 * What no verb foresaw, as a problem. The message may quote a row or a path: only what kind of trouble it is leaves, and
 * where in the program.
 */
function unforeseen(error: NodeJS.ErrnoException): Problem {
  const says = `${error.code ?? ""} ${error.message}`;
  if (/ENOSPC|No space left on device/i.test(says)) return { code: "disk-full", where: {}, fields: {} };
  if (/Out of Memory/i.test(says)) return { code: "memory-full", where: {}, fields: {} };
  if (/EACCES|EPERM|EROFS|EISDIR|ENOTDIR|EEXIST/.test(error.code ?? ""))
    return { code: "not-permitted", where: {}, fields: { reason: error.code ?? "" } };
  const place = error.stack?.match(/tilannekuva\.mjs:(\d+)/)?.[1] ?? "?";
  return { code: "unexpected", where: {}, fields: { reason: `${error.name} ${place}` } };
}

/** A line for a terminal: a file's own control characters do not reach it. */
function plain(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, "\u{FFFD}");
}

function languageGiven(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  return args[at]?.includes("=") ? args[at].slice("--lang=".length) : at >= 0 ? args[at + 1] : undefined;
}

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
}

function placeOf({ file, line, column, path }: Problem["where"]) {
  const place = [
    file,
    line === undefined ? undefined : `:${line}`,
    column ? ` [${column}]` : undefined,
    path ? ` ${path}` : undefined,
  ]
    .filter(Boolean)
    .join("");
  return { place: place === "" ? "none" : place.trim() };
}
