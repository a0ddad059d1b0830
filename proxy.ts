import createMiddleware from "next-intl/middleware";
import { NextRequest, NextResponse } from "next/server";
import { routing } from "./app/i18n/routing.ts";
import { isShown } from "./server/api/published/is-shown.ts";
import { env } from "./server/env.ts";

const speak = createMiddleware(routing);

/**
 * Chooses the language by the address, answers 404 where there is nothing, and sets the content security policy.
 * It never authorises.
 */
export default async function proxy(request: NextRequest) {
  const policy = contentSecurityPolicy(crypto.randomUUID().replaceAll("-", ""));
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = (await isThere(request.nextUrl)) ? speak(new NextRequest(request, { headers })) : missing(request, headers);
  response.headers.set("content-security-policy", policy);
  return response;
}

/** The centre, a picture that can be shown, or its method card; each in one of the languages. */
const PAGE = /^(?:\/(?:sv|en))?(?:\/|\/pictures\/([^/]+)(?:\/method)?\/?)?$/;

async function isThere({ pathname, searchParams }: URL): Promise<boolean> {
  const page = PAGE.exec(pathname);
  if (!page) return false;
  return page[1] === undefined || isShown(page[1], searchParams.get("release"));
}

function missing(request: NextRequest, headers: Headers) {
  const language = /^\/(sv|en)(?:\/|$)/.exec(request.nextUrl.pathname)?.[1] ?? routing.defaultLocale;
  return NextResponse.rewrite(new URL(`/${language}/missing`, request.url), { status: 404, request: { headers } });
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
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const config = { matcher: ["/((?!api/|_next/|.*\\.[a-z0-9]+$).*)"] };
