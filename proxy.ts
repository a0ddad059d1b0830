import createMiddleware from "next-intl/middleware";
import { NextRequest } from "next/server";
import { routing } from "./app/i18n/routing.ts";
import { env } from "./server/env.ts";

const speak = createMiddleware(routing);

/** Chooses the language by the address and sets the content security policy. It never authorises. */
export default function proxy(request: NextRequest) {
  const policy = contentSecurityPolicy(crypto.randomUUID().replaceAll("-", ""));
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = speak(new NextRequest(request, { headers }));
  response.headers.set("content-security-policy", policy);
  return response;
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
