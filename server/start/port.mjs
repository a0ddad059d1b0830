import { createServer } from "node:net";
import { StartProblem } from "./problem.mjs";

/** Refuses, in a sentence, a port that another program holds. */
export async function requireFreePort(port) {
  for (const host of ["127.0.0.1", "::"]) {
    const code = await tryToListen(port, host);
    if (code === "EADDRINUSE") {
      throw new StartProblem(
        `Port ${port} is taken by another program: stop it, or choose another port with --port ${port + 1}.`,
      );
    }
    if (code === "EACCES")
      throw new StartProblem(`Port ${port} may not be used by you: choose one above 1023 with --port.`);
  }
}

/** Some port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The error code of listening there; null when it can be done, or when the machine has no such address. */
function tryToListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", (error) => resolve(error.code ?? "UNKNOWN"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
