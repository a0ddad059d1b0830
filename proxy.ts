import { type NextRequest, NextResponse } from "next/server";
import { env } from "./server/env.ts";

/**
 * Sets the content security policy, and the status of an address where no page can be; the language of an address is
 * settled by its prefix (next.config.js). It reads no data: whether a picture is there, its page says. It never
 * authorises.
 */
export default function proxy(request: NextRequest) {
  if (request.method !== "GET" && request.method !== "HEAD")
    return new NextResponse(null, { status: 405, headers: { Allow: "GET, HEAD" } });
  const policy = contentSecurityPolicy(crypto.randomUUID().replaceAll("-", ""));
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set("x-language", languageOf(request.nextUrl.pathname));
  headers.delete("x-missing");
  const there = canBe(request.nextUrl);
  if (!there) headers.set("x-missing", "1");
  const response = NextResponse.next({ request: { headers }, status: there ? 200 : 404 });
  response.headers.set("content-security-policy", policy);
  return response;
}

function languageOf(pathname: string): string {
  return /^\/(sv|en)(?:\/|$)/.exec(pathname)?.[1] ?? "fi";
}

/** The centre, the accessibility statement, a picture, its method card, its linked charts or the portrait of a group, each in one of the languages. */
const PAGE =
  /^(?:\/(?:sv|en))?(?:\/|\/accessibility\/?|\/pictures\/([a-z0-9][a-z0-9-]*)(?:\/method|\/explore|\/segments\/[A-Za-z0-9._-]+|\/groups\/(?:band|troubles)-[0-9](?:\+|%2B)?)?\/?)?$/;
/** The golden gallery, which no build has (next.config.js). */
const DEVELOPMENT_PAGE = /^\/gallery\/?$/;
const RELEASE = /^([a-z0-9][a-z0-9-]*)\.[0-9a-f]{12}$/;

function canBe({ pathname, searchParams }: URL): boolean {
  if (env.development() && DEVELOPMENT_PAGE.test(pathname)) return true;
  const page = PAGE.exec(pathname);
  const release = searchParams.get("release");
  return page !== null && (!page[1] || !release || RELEASE.exec(release)?.[1] === page[1]);
}

/** Development alone also lets the tools evaluate code and add styles. */
function contentSecurityPolicy(nonce: string): string {
  const tools = env.development();
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${tools ? " 'unsafe-eval'" : ""}`,
    tools ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const config = { matcher: ["/((?!api/|_next/|.*\\.[a-z0-9]+$).*)"] };
