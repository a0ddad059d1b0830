import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { env } from "../env.ts";

/** What a procedure is given: where the published files lie. Nothing here knows of microdata. */
export type Context = { published: string };

export function createContext(): Context {
  return { published: env.published() };
}

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  isDev: false,
  // The code says what went wrong; an engine's own words say nothing to a reader.
  errorFormatter: ({ shape }) => ({
    ...shape,
    message: shape.data.code,
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus },
  }),
});

export const { router, procedure } = t;
