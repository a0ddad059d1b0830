const WIDTH = 34;
const TICK_MS = 1_000;
const QUIET_TICK_MS = 10_000;

/** Tells what is done, a line a step with its seconds; a long step ticks: in place on a terminal, else every ten seconds. */
export function narrator(out = process.stdout) {
  const terminal = Boolean(out.isTTY);
  const line = (text) => out.write(terminal ? `\r\x1b[K${text}\n` : `${text}\n`);
  return {
    line,
    fresh: (name) => line(`${name.padEnd(WIDTH)} fresh`),
    /** Runs `work(far)`; it gives back `{what, …}`, where `what` says in a few words what came of it. */
    async step(name, why, work) {
      line(`${name.padEnd(WIDTH)} … ${why}`);
      const started = performance.now();
      let far = "";
      const tick = () => {
        const text = `${name.padEnd(WIDTH)} … ${far ? `${far}, ` : ""}${seconds(started, 0)}`;
        if (terminal) out.write(`\r\x1b[K${text.slice(0, (out.columns ?? 80) - 1)}`);
        else out.write(`${text}\n`);
      };
      const timer = setInterval(tick, terminal ? TICK_MS : QUIET_TICK_MS);
      try {
        const done = await work((text) => {
          far = text;
        });
        line(`${name.padEnd(WIDTH)} done in ${seconds(started)}${done?.what ? `: ${done.what}` : ""}`);
        return done;
      } catch (error) {
        line(`${name.padEnd(WIDTH)} failed after ${seconds(started)}`);
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
  };
}

/** A narrator that says nothing, for those who only want the work done. */
export const silent = {
  line: () => {},
  fresh: () => {},
  step: (_name, _why, work) => work(() => {}),
};

/** Seconds since a moment, as people write them. */
export function seconds(started, digits = 1) {
  return `${((performance.now() - started) / 1000).toFixed(digits)} s`;
}
