import { publishedFile } from "../../../../../server/api/published/read.ts";

type Params = { params: Promise<{ release: string; file: string }> };

/** A file of a release, byte for byte. A release never changes, so neither does what this answers. */
export async function GET(_request: Request, { params }: Params) {
  const { release, file } = await params;
  const found = await publishedFile(release, file);
  if (!found) return Response.json({ code: "not-found" }, { status: 404, headers: { "cache-control": "no-store" } });
  return new Response(found.bytes, {
    headers: {
      "content-type": found.contentType,
      "content-disposition": `attachment; filename="${release}.${file}"`,
      "cache-control": "public, max-age=31536000, immutable",
    },
  });
}
