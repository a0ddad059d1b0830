import { runNode } from "./child.mjs";
import { commandFile } from "./compile.mjs";
import { StartProblem, tail } from "./problem.mjs";

/**
 * Runs a verb of the `tilannekuva` command and gives back the document it prints. A refusal becomes a problem that
 * says every sentence of the command's, each with what to do.
 */
export async function runVerb(root, args, { home, far = () => {} }) {
  const withHome = [...args, "--home", home, "--json"];
  const onError = (line) => {
    const progress = parse(line);
    if (progress?.step) far(progress.of ? `${progress.step} ${progress.done}/${progress.of}` : progress.step);
  };
  const { code, stdout, output } = await runNode(commandFile(root), withHome, { cwd: root, onError });
  const document = parse(stdout);
  if (code === 0 && document?.ok) return document;
  const called = `tilannekuva ${args.join(" ")}`;
  if (document?.problems) throw new StartProblem(`Refused: ${called}`, { detail: sentences(document.problems) });
  throw new StartProblem(`The command failed: ${called}`, { detail: tail(output) });
}

/** Problems as a person reads them: where, what, and what to do. */
export function sentences(problems) {
  return problems
    .map(({ message, todo, where }) => {
      const place = [where?.file, where?.path, where?.column, where?.line && `line ${where.line}`]
        .filter(Boolean)
        .join(", ");
      return [place ? `${place}: ${message}` : message, todo].filter(Boolean).join(" ");
    })
    .join("\n");
}

/** JSON, or null for what is none. */
export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
