import { pointers } from "../../../server/api/published/read.ts";

export const dynamic = "force-dynamic";

/** The pointers of all life events: what is shown now. */
export async function GET() {
  return Response.json(await pointers(), { headers: { "cache-control": "no-store" } });
}
