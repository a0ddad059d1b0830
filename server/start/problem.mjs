/** What stops a start, for a person to mend: one sentence, and the tool's own words below it where they help. */
export class StartProblem extends Error {
  constructor(sentence, { detail = "", exitCode = 1 } = {}) {
    super(sentence);
    this.detail = detail;
    this.exitCode = exitCode;
  }
}

/** Says a problem on stderr and returns the exit code. A mistake of ours keeps its stack. */
export function sayProblem(error, write = (text) => process.stderr.write(text)) {
  if (!(error instanceof StartProblem)) {
    write(`${error?.stack ?? error}\n`);
    return 1;
  }
  write(`${error.message}\n`);
  if (error.detail) write(`\n${error.detail.trimEnd()}\n`);
  return error.exitCode;
}

/** The last lines of what a tool said, without its stacks. */
export function tail(text, lines = 40) {
  const said = text.split("\n").filter((line) => !/^\s+at /.test(line));
  return said
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()
    .split("\n")
    .slice(-lines)
    .join("\n");
}
