import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "../../../../server/api/router.ts";
import { isSameOrigin } from "../../../../server/api/same-origin.ts";
import { createContext } from "../../../../server/api/trpc.ts";

export const dynamic = "force-dynamic";

const MAX_BATCH = 10;
const MAX_BODY_BYTES = 1024 * 1024;

/** The islands' questions. There are queries alone, by GET; anything else must come from our own pages to be heard. */
function handle(request: Request): Promise<Response> | Response {
  if (request.method !== "GET" && !isSameOrigin(request)) return refuse(403, "cross-origin");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return refuse(413, "too-large");
  if (request.method !== "GET") return refuse(405, "queries-only");
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext,
    maxBatchSize: MAX_BATCH,
    responseMeta: () => ({ headers: { "cache-control": "no-store" } }),
  });
}

function refuse(status: number, code: string): Response {
  return Response.json({ code }, { status, headers: { "cache-control": "no-store" } });
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
