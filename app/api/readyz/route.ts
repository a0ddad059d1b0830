import { isReady } from "../../../server/api/published/read.ts";

export const dynamic = "force-dynamic";

/** Every picture that is pointed to can be shown. */
export async function GET() {
  const ok = await isReady();
  return Response.json({ ok }, { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } });
}
