import { request } from "node:http";
import superjson from "superjson";
import type { Picture } from "./answers.ts";

/** What a server answers, whatever it is. */
export type Raw = { status: number; type: string; body: string };

/** Asks for a path as it is written: nothing on the way makes it shorter. */
export function raw(url: string, path: string): Promise<Raw> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers["content-type"] ?? "",
          body: Buffer.concat(chunks).toString("latin1"),
        }),
      );
    })
      .on("error", reject)
      .end();
  });
}

/** The address of a question for cells, with whatever fields. */
export function question(asked: Record<string, unknown>): string {
  return `/api/trpc/picture.cells?input=${encodeURIComponent(JSON.stringify(superjson.serialize(asked)))}`;
}

/** A question that is answered: everyone, in the first wave. */
export function rightQuestion({ release }: Picture) {
  const [wave] = release.variables[0]!.codes;
  return { release: release.id, wave: wave!.code, measures: ["persons"], variables: [] as string[] };
}

/** What somebody writes who wants a program to do other than it was asked. */
export const HOSTILE = [
  "' OR 1=1 --",
  "x; DROP TABLE rows",
  "1/0",
  "\u0000",
  "../../vault",
  "<script>alert(1)</script>",
  "{{7*7}}",
  "%00",
];
