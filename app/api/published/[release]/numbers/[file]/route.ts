import { numbersFile } from "../../../../../../server/api/published/numbers.ts";

type Params = { params: Promise<{ release: string; file: string }> };

/** Some of a release's cells as CSV, Excel or JSON-stat. A release never changes, so neither does what this answers. */
export async function GET(request: Request, { params }: Params) {
  const { release, file } = await params;
  const { searchParams } = new URL(request.url);
  const [wave, cuts, language] = ["wave", "cuts", "language"].map((name) => searchParams.get(name));
  const found = await numbersFile({
    release,
    file,
    wave: wave ?? null,
    cuts: cuts ?? null,
    language: language ?? null,
  });
  if ("code" in found)
    return Response.json({ code: found.code }, { status: found.status, headers: { "cache-control": "no-store" } });
  return new Response(found.bytes, {
    headers: {
      "content-type": found.contentType,
      "content-disposition": `attachment; filename="${release}.${file}"`,
      "cache-control": "public, max-age=31536000, immutable",
    },
  });
}
