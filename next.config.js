import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";

/** Headers that hold for every path; the content security policy with its nonce is set per request in proxy.ts. */
const STATIC_HEADERS = [
  { key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

/** For what is no page: data, files, and what Next says when they are not there. */
const NOTHING_RUNS = [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }];

/** The browser's engine (server/start/engine.mjs): its version is in its path. Compiling wasm is allowed to its worker alone. */
const ENGINE = [
  { key: "Cache-Control", value: "public, max-age=31536000, immutable" },
  {
    key: "Content-Security-Policy",
    value: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'",
  },
];
const COMPRESSED_WASM = [
  { key: "Content-Type", value: "application/wasm" },
  { key: "Content-Encoding", value: "gzip" },
];

/** Set by proxy.ts on a request for an address where no page can be. */
const MISSING = [{ type: "header", key: "x-missing" }];

/**
 * Finnish has no prefix in addresses, but a folder of its own among the routes. These rewrites stay inside the
 * server; a rewrite by the proxy names a host, and Next would call 127.0.0.1 over the network to reach itself.
 */
const REWRITES = [
  { source: "/:language(sv|en)/:path((?!.*\\.[a-z0-9]+$).*)", has: MISSING, destination: "/:language/missing" },
  {
    source: "/:path((?!(?:fi|sv|en|api|_next)(?:/|$))(?!.*\\.[a-z0-9]+$).*)",
    has: MISSING,
    destination: "/fi/missing",
  },
  { source: "/", destination: "/fi" },
  { source: "/pictures/:path*", destination: "/fi/pictures/:path*" },
  { source: "/accessibility", destination: "/fi/accessibility" },
  { source: "/gallery", destination: "/fi/gallery" },
];

/** What is a page: in development also what ends in `.dev.tsx`, of which a build knows nothing. */
const BUILT = { pageExtensions: ["tsx", "ts"] };
const IN_DEVELOPMENT = { pageExtensions: ["tsx", "ts", "dev.tsx"] };

/** @type {(phase: string) => import("next").NextConfig} */
export default (phase) => ({
  ...(phase === PHASE_DEVELOPMENT_SERVER ? IN_DEVELOPMENT : BUILT),
  images: { unoptimized: true },
  // Types are a gate of their own (npm run check); a build of the pages does not depend on rooms that it does not hold.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  headers: async () => [
    { source: "/:path*", headers: STATIC_HEADERS },
    { source: "/api/:path*", headers: NOTHING_RUNS },
    { source: "/:file(.*\\.[a-z0-9]+)", headers: NOTHING_RUNS },
    { source: "/engine/:path*", headers: ENGINE },
    { source: "/engine/:version/duckdb-eh.wasm", headers: COMPRESSED_WASM },
  ],
  redirects: async () => [
    { source: "/fi", destination: "/", permanent: true },
    { source: "/fi/:path+", destination: "/:path+", permanent: true },
  ],
  rewrites: async () => ({ beforeFiles: REWRITES, afterFiles: [], fallback: [] }),
});
